/**
 * Why this exists: `npm run test:browser` is the Chromium part of `npm test`: first what can run side by side, then what measures
 * time or memory (tagged `@alone`), one at a time. Arguments go to Playwright as they are, in one pass.
 */
import { runPlaywright } from './lib/playwright-run.mjs';

const args = process.argv.slice(2);
const { succeeded } = await runPlaywright({
  name: 'playwright',
  args,
  passes:
    args.length > 0
      ? [[]]
      : [
          ['--grep-invert', '@alone'],
          ['--grep', '@alone', '--workers=1'],
        ],
});
process.exitCode = succeeded ? 0 : 1;
