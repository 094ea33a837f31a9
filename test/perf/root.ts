import { fileURLToPath } from 'node:url';

/** The project's folder: two above this file, and two above the bundle that `scripts/bench.mjs` makes of it. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));
