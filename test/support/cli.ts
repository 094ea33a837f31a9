import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../scripts/browser.mjs';

const CLI = fileURLToPath(new URL('../../packages/cli/dist/cli.js', import.meta.url));

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly printed: string;
  readonly noted: string;
}

/** Runs `cloister` as people do, as a process of its own. */
export const cloister = (words: readonly string[], options: { readonly cwd?: string } = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, CLOISTER_CHROMIUM: findChromium() ?? '' };
    execFile(process.execPath, [CLI, ...words], { ...options, env, maxBuffer: 1 << 24 }, (error, printed, noted) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, printed, noted });
    });
  });
