/**
 * Why this exists: `npm test` is the whole proof: every check, every unit test, every browser test, to the end and counted.
 * A check counts as one. Its last line is `N passed, N failed`.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './browser.mjs';
import { counted, fromPlaywright, fromVitest, sum } from './lib/results.mjs';
import { ensureServers } from './lib/servers.mjs';
import { runChecks, runScript } from './lib/steps.mjs';

const RESULTS = fileURLToPath(new URL('../test-results/', import.meta.url));

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const checks = await runChecks();
const unit = await suite('test:unit', 'vitest.json', fromVitest);
const browser = checks.built ? await browserSuite() : counted(0, 1);
// Last, because it reads what the others reported.
const attacks = (await runScript('attacks', { args: ['--check'] })) ? counted(1, 0) : counted(0, 1);
const { passed, failed } = sum([counted(checks.passed.length, checks.failed.length), unit, browser, attacks]);

if (checks.failed.length > 0) console.log(`\nfailed checks: ${checks.failed.join(', ')}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);

async function browserSuite() {
  try {
    process.env.CLOISTER_CHROMIUM = await ensureChromium();
    // Where they cannot be installed, their tests say that they were left out; where everything must be proven, that is a failure.
    await ensureServers().catch((error) => {
      if (process.env.CI !== undefined) throw error;
      console.error(error.message);
    });
  } catch (error) {
    console.error(error.message);
    return counted(0, 1);
  }
  return suite('test:browser', 'playwright.json', fromPlaywright);
}

async function suite(script, file, read) {
  const succeeded = await runScript(script);
  return read(report(file), succeeded);
}

function report(file) {
  try {
    return JSON.parse(readFileSync(`${RESULTS}${file}`, 'utf8'));
  } catch {
    return undefined;
  }
}
