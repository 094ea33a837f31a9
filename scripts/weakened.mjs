/**
 * Why this exists: a check that cannot fail is worth nothing. For each guard in `test/weakened/weaknesses.json`: build
 * without it, run the test that is said to notice, and see it fail.
 *
 *     npm run test:weakened              all of them
 *     npm run test:weakened -- "no sandbox"
 *
 * Its last line is `N passed, N failed`; a guard that no test missed is a failure.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './browser.mjs';
import { idsOf, outcomesOfPlaywright, outcomesOfVitest } from './attacks/proofs.mjs';
import { command } from './lib/command.mjs';
import { buildWeakened } from './weakened/build.mjs';
import { readWeaknesses } from './weakened/weaknesses.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = join(ROOT, 'test-results');
/** Two at a time: a test that waits for a time-out leaves its core to the other. */
const LANES = 2;

const wanted = process.argv.slice(2);
const weaknesses = readWeaknesses().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
process.env.CLOISTER_CHROMIUM = await ensureChromium();
mkdirSync(RESULTS, { recursive: true });

const queue = [...weaknesses];
const found = [];
await Promise.all(Array.from({ length: LANES }, work));
const caught = {};
for (const { weakness, missing } of found) {
  if (missing.length > 0) continue;
  for (const id of weakness.ids) (caught[id] ??= []).push(weakness.name);
}
for (const names of Object.values(caught)) names.sort();
if (wanted.length === 0) writeFileSync(join(RESULTS, 'weakened.json'), JSON.stringify({ caught }, null, 2));
const failed = found.filter(({ missing }) => missing.length > 0).length;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${found.length - failed} passed, ${failed} failed`);

async function work() {
  for (let weakness = queue.shift(); weakness !== undefined; weakness = queue.shift()) {
    const started = performance.now();
    const { failing, output } = await trial(weakness);
    const missing = weakness.ids.filter((id) => !failing.some((title) => idsOf(title).includes(id)));
    found.push({ weakness, missing });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${missing.length === 0 ? 'noticed' : 'MISSED '}  ${weakness.name} (${seconds} s)`);
    if (missing.length > 0) console.log(`  ${missing.join(', ')}: no test failed in ${weakness.test}\n${output}`);
  }
}

/** @returns {Promise<{ failing: string[], output: string }>} the titles of the tests that failed. */
async function trial(weakness) {
  const folder = mkdtempSync(join(RESULTS, 'weakened-'));
  try {
    return weakness.test.endsWith('.spec.ts') ? await inBrowser(weakness, folder) : await inNode(weakness, folder);
  } catch (error) {
    return { failing: [], output: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inBrowser(weakness, folder) {
  await buildWeakened(ROOT, weakness, folder);
  const report = join(folder, 'report.json');
  const title = weakness.title === undefined ? [] : ['--grep', escaped(weakness.title)];
  const limits = ['--workers=1', '--timeout=20000', '--trace=off', '--reporter=json'];
  const { output } = await node(
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      weakness.test,
      ...title,
      ...limits,
      '--output',
      join(folder, 'out'),
    ],
    { CLOISTER_WEAKENED: folder, PLAYWRIGHT_JSON_OUTPUT_FILE: report, CLOISTER_EXPECT: '3000' },
  );
  return failures(outcomesOfPlaywright(read(report), ROOT), output);
}

async function inNode(weakness, folder) {
  const report = join(folder, 'report.json');
  const title = weakness.title === undefined ? [] : ['-t', escaped(weakness.title)];
  const { output } = await node(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'scripts/weakened/vitest.config.mjs',
      weakness.test,
      ...title,
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { CLOISTER_WEAKNESS: weakness.name },
  );
  return failures(outcomesOfVitest(read(report), ROOT), output);
}

function failures(outcomes, output) {
  const failing = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ title }) => title);
  return { failing, output: output.slice(-2000) };
}

function node(args, environment) {
  return command(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
