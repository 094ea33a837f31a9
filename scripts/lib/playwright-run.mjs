/**
 * Why this exists: a browser test that measures needs a machine to itself, and one that failed beside others deserves a second
 * look before the whole run is called red. Races that attackers could use fail alone as well; a clock on a busy machine does not.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './command.mjs';
import { failedTests, joined, MOST_UNSTEADY, settle } from './playwright-report.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNNER = join(ROOT, 'node_modules/@playwright/test/cli.js');
const RESULTS = join(ROOT, 'test-results');

/** How often a failed test must pass alone. */
const LOOKS = 2;

/**
 * @param {{ readonly name: string, readonly args?: readonly string[], readonly passes?: readonly (readonly string[])[] }} run `name` is the
 * report's; each pass adds its own arguments.
 * @returns {Promise<{ report: any, succeeded: boolean, unsteady: readonly string[] }>} The report is written, too.
 */
export async function runPlaywright({ name, args = [], passes = [[]] }) {
  mkdirSync(RESULTS, { recursive: true });
  const done = [];
  for (const [index, pass] of passes.entries()) done.push(await once(`${name}-${index + 1}`, [...args, ...pass]));
  const report = joined(done.map((each) => each.report));
  const unsteady = await lookAgain(name, args, report);
  writeFileSync(join(RESULTS, `${name}.json`), JSON.stringify(report));
  // Each pass that ended badly must have said which test failed; otherwise nobody knows what it did.
  const explained = done.every(({ code, report: own }) => code === 0 || (own?.stats?.unexpected ?? 0) > 0);
  return { report, succeeded: explained && failedTests(report).length === 0, unsteady };
}

async function lookAgain(name, args, report) {
  const failed = failedTests(report);
  if (failed.length === 0 || failed.length > MOST_UNSTEADY) return [];
  const places = [...new Set(failed.map(({ file, line }) => `${file}:${line}`))];
  const projects = [...new Set(failed.map(({ project }) => project))].filter((project) => project !== '');
  const others = args.filter((arg) => !arg.startsWith('--project='));
  const only = projects.map((project) => `--project=${project}`);
  console.log(`\n${failed.length} failed in company; ${LOOKS} looks at each, alone:`);
  const looks = ['--workers=1', `--repeat-each=${LOOKS}`];
  const { report: again } = await once(`${name}-again`, [...others, ...only, ...places, ...looks]);
  const unsteady = settle(report, again);
  for (const each of unsteady) console.log(`unsteady: ${each}`);
  return unsteady;
}

async function once(name, args) {
  const file = join(RESULTS, `${name}.json`);
  rmSync(file, { force: true });
  const options = ['test', ...args, '--output', join(RESULTS, 'artifacts', name)];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { code } = await command(process.execPath, [RUNNER, ...options], { cwd: ROOT, env });
  return { code, report: read(file) };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
