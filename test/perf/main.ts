import { mkdir, writeFile } from 'node:fs/promises';
import { ADAPTERS } from './adapters/all.js';
import { readArguments } from './arguments.js';
import { openLab } from './lab/lab.js';
import { launch } from './measure/browser.js';
import { circumstances } from './report/machine.js';
import { writePage } from './report/page.js';
import { barsTable, figuresTable } from './report/tables.js';
import { Results } from './results.js';
import { ROOT } from './root.js';
import { run } from './run.js';

const args = process.argv.slice(2);
const wish = readArguments(args);
const results = new Results();
const lab = await openLab({ realVault: wish.realVault });
const browser = await launch();
const around = circumstances(browser.version(), args);
try {
  await run({ browser, lab, results }, wish);
} finally {
  await browser.close();
  await lab.close();
}
const { figures, failures } = results;
const order = ADAPTERS.map(({ name }) => name);
await mkdir(`${ROOT}test-results`, { recursive: true });
await writeFile(`${ROOT}test-results/bench.json`, `${JSON.stringify({ ...around, figures, failures }, null, 2)}\n`);
const tables = { bars: barsTable(results), figures: figuresTable(results, order) };
if (wish.write) await writePage(tables, around);
console.log(`${tables.bars}\n\n${tables.figures}`);
for (const { scenario, adapter, reason } of failures) console.error(`FAILED ${scenario} ${adapter}: ${reason}`);
if (failures.length > 0) process.exitCode = 1;
