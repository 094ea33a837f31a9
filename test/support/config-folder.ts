import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from './world.js';

/** Runs with a folder in which `cloister.config.json` is that of a world, as a merchant would have written it; the folder is gone after it. */
export async function withConfigFolder<T>({ config }: World, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-config-'));
  const { hosts, elements, vault, collections } = config;
  const plain = Object.fromEntries(
    Object.entries(collections).map(([name, fields]) => [
      name,
      Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, { type }])),
    ]),
  );
  await writeFile(join(folder, 'cloister.config.json'), JSON.stringify({ hosts, elements, vault, collections: plain }));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
