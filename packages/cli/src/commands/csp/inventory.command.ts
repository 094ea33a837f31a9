import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { draftApprovals, type Inventory } from '@cloister/csp';
import { launchChromium } from '../../check/browser.js';
import { CliFailure } from '../../failure.js';
import { ledLine, scriptLine } from '../../scripts/describe.js';
import { readJsonFile } from '../../scripts/json-file.js';
import { visitPage } from '../../scripts/visit-page.js';
import type { Terminal } from '../../terminal.js';
import { addressOf, parseCount, textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const inventoryCommand: Command = {
  name: 'csp inventory',
  summary: 'every script that a page runs, as a real browser sees it (PCI DSS 6.4.3)',
  operand: { name: 'url', about: 'the page' },
  options: {
    out: {
      type: 'string',
      value: 'file',
      about: 'add what is not named there to this file of approvals, for a person to fill in',
    },
    stay: { type: 'string', value: 'ms', default: '2000', about: 'how long to stay in the page after it has loaded' },
    json: { type: 'boolean', about: 'print the inventory as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const url = addressOf(textOf(inventoryCommand, args, 'url'));
  const stay = parseCount(textOf(inventoryCommand, args, 'stay'), '--stay', { min: 0, max: 60_000 });
  const browser = await launchChromium(terminal.env);
  try {
    const inventory = await visitPage(browser, { url, stay }, ({ inventory: seen }) => Promise.resolve(seen));
    for (const line of ledLine(inventory)) terminal.note(line);
    if (args['json'] === true) terminal.print(JSON.stringify(inventory));
    else for (const line of summary(inventory)) terminal.print(line);
    if (typeof args['out'] === 'string') await addTo(args['out'], inventory, terminal);
  } finally {
    await browser.close();
  }
}

const summary = ({ page, scripts }: Inventory): readonly string[] => [
  `${page}: ${String(scripts.length)} scripts`,
  ...scripts.map((script) => `  ${scriptLine(script)}`),
];

async function addTo(out: string, inventory: Inventory, terminal: Terminal): Promise<void> {
  const file = resolve(terminal.cwd, out);
  const draft = draftApprovals(inventory, await readJsonFile(file));
  if (!draft.ok) throw new CliFailure('config', `${out} is no file of approvals: ${draft.problem}`);
  await writeFile(file, `${JSON.stringify(draft.file, null, 2)}\n`);
  terminal.note(
    draft.added.length === 0
      ? `${out} names every script`
      : `${out}: ${String(draft.added.length)} added; say for each who answers for it and why it is there (owner, justification, approvedBy, approved, review)`,
  );
}
