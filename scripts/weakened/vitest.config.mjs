import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import { weaken } from './build.mjs';
import { readWeakness } from './weaknesses.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const weakness = readWeakness(process.env['CLOISTER_WEAKNESS'] ?? '');

/** The unit tests, without one guard. */
export default mergeConfig(
  base,
  defineConfig({
    root: ROOT,
    plugins: [
      {
        name: 'weakener',
        enforce: 'pre',
        transform: (code, id) => (id === `${ROOT}${weakness.file}` ? weaken(code, weakness) : null),
      },
    ],
  }),
);
