/**
 * Why this exists: some proofs need more time than a test run has. `npm run test:soak` mounts and unmounts 1,000 times, and
 * fuzzes every parser with 100,000 runs a law.
 */
import { ensureChromium } from './browser.mjs';
import { command } from './lib/command.mjs';

const CLI = { playwright: 'node_modules/@playwright/test/cli.js', vitest: 'node_modules/vitest/vitest.mjs' };
const SOAKS = [
  {
    args: [CLI.playwright, 'test', 'test/adversarial/lifecycle-mounts.spec.ts', '--workers=1'],
    env: { CLOISTER_SOAK: '1000' },
  },
  { args: [CLI.vitest, 'run', 'test/unit/fuzz', '--testTimeout=3600000'], env: { FUZZ_RUNS: '100000' } },
];

process.env.CLOISTER_CHROMIUM = await ensureChromium();
for (const { args, env } of SOAKS) {
  const { code } = await command(process.execPath, args, { env: { ...process.env, ...env } });
  if (code !== 0) process.exitCode = 1;
}
