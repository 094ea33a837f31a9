/**
 * Why this exists: `npm run test:engines` types into three engines and attacks the fields in each. It installs what is
 * missing where it can, and what an engine cannot run is listed at the end, never left out silently. Arguments select
 * engines (`npm run test:engines -- firefox webkit`); what follows another word is handed to the runner. Its last line is
 * `N passed, N failed`.
 */
import { ENGINES, ensureEngine } from './lib/engines.mjs';
import { runPlaywright } from './lib/playwright-run.mjs';
import { counted, fromPlaywright, skippedTests, sum } from './lib/results.mjs';

const args = process.argv.slice(2);
const named = args.filter((each) => ENGINES.includes(each));
const others = args.filter((each) => !ENGINES.includes(each));
const wanted = named.length > 0 ? named : ENGINES;

/** Engines that are not here and could not be installed: where everything must be proven, each is a failure. */
const missing = new Map();
for (const name of wanted) {
  await ensureEngine(name).catch((error) => missing.set(name, error.message));
}
const present = wanted.filter((name) => !missing.has(name));

const report = present.length > 0 ? await run() : { count: counted(0, 0), skipped: [] };
const absent = counted(0, process.env.CI === undefined ? 0 : missing.size);
const { passed, failed } = sum([report.count, absent]);

for (const { project, title, reason } of report.skipped) console.log(`skipped in ${project}: ${title} (${reason})`);
for (const [name, advice] of missing) console.log(`skipped in ${name}: everything (${advice})`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);

async function run() {
  const projects = present.map((name) => `--project=${name}`);
  const args = ['-c', 'playwright.engines.config.ts', ...projects, ...others];
  const { report, succeeded } = await runPlaywright({ name: 'engines', args });
  return { count: fromPlaywright(report, succeeded), skipped: skippedTests(report) };
}
