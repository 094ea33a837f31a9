import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../scripts/browser.mjs';

const CLI = fileURLToPath(new URL('../../packages/cli/dist/cli.js', import.meta.url));

/** What a command said, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `cloister` as built. */
export function runCli(words: readonly string[], cwd: string): Promise<Ran> {
  const env = { ...process.env, CLOISTER_CHROMIUM: findChromium() ?? '' };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...words], { cwd, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err });
    });
  });
}
