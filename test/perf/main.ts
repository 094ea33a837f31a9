import { mkdir, writeFile } from 'node:fs/promises';
import { readArguments } from './arguments.js';
import { openLab } from './lab/lab.js';
import { launch } from './measure/browser.js';
import { barsTable, figuresTable } from './report/tables.js';
import { Results } from './results.js';
import { ROOT } from './root.js';
import { run } from './run.js';

const wish = readArguments(process.argv.slice(2));
const results = new Results();
const lab = await openLab({ realVault: wish.realVault });
const browser = await launch();
const version = browser.version();
try {
  await run({ browser, lab }, wish, results);
} finally {
  await browser.close();
  await lab.close();
}
const { figures, failures } = results;
await mkdir(`${ROOT}test-results`, { recursive: true });
await writeFile(
  `${ROOT}test-results/bench.json`,
  `${JSON.stringify({ chromium: version, figures, failures }, null, 2)}\n`,
);
console.log(`${barsTable(results)}\n\n${figuresTable(results)}`);
for (const { scenario, adapter, reason } of failures) console.error(`FAILED ${scenario} ${adapter}: ${reason}`);
if (failures.length > 0) process.exitCode = 1;
