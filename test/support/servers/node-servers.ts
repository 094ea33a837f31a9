import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../start-process.js';
import type { FrontKind } from './front.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Inside of the repository, so that the module finds the packages that it imports. */
const CACHE = here('../../../.cache/');

const kindOf = (id: string): FrontKind => ({
  id,
  missing: undefined,
  start: async ({ port, upstream, emission }) => {
    await mkdir(CACHE, { recursive: true });
    const folder = await mkdtemp(join(CACHE, `${id}-`));
    await copyFile(here('forward.mjs'), join(folder, 'forward.mjs'));
    await copyFile(here(`${id}-main.mjs`), join(folder, 'main.mjs'));
    await writeFile(join(folder, emission.file), emission.text);
    const { stop } = await startProcess([join(folder, 'main.mjs'), String(port), String(upstream)]);
    return {
      stop: async () => {
        await stop();
        await rm(folder, { recursive: true });
      },
    };
  },
});

/** Programs with the emitted module in them, each before the upstream. */
export const NODE_SERVERS: readonly FrontKind[] = ['express', 'fastify', 'hono'].map(kindOf);
