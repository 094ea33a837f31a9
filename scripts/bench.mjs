/**
 * Why this exists: "fast" is a ratio. `npm run bench` measures Cloister beside floors (the least code that does the same) in one
 * run of one real browser; `docs/performance.md` says what each figure is.
 *
 *     npm run bench -- [--quick] [--rounds N] [--scenario ready,keys] [--vault real] [--write]
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ensureChromium } from './browser.mjs';
import { command } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = '.cache/bench/main.mjs';

process.env.CLOISTER_CHROMIUM = await ensureChromium();
await build({
  absWorkingDir: ROOT,
  entryPoints: ['test/perf/main.ts'],
  outfile: PROGRAM,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'external',
});
const { code } = await command(process.execPath, [PROGRAM, ...process.argv.slice(2)], { cwd: ROOT });
process.exitCode = code;
