import { resolve } from 'node:path';
import {
  approvedHashes,
  compareScripts,
  integrityTags,
  isAlarm,
  type Approvals,
  type ScriptFinding,
} from '@cloister/csp';
import { launchChromium } from '../../check/browser.js';
import { CliFailure } from '../../failure.js';
import { findingLine, ledLine, printable } from '../../scripts/describe.js';
import { readApprovalsFile } from '../../scripts/read-approvals-file.js';
import { visitPage } from '../../scripts/visit-page.js';
import type { Terminal } from '../../terminal.js';
import { addressOf, parseCount, textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const scriptsCommand: Command = {
  name: 'csp scripts',
  summary: 'compare the scripts that a page runs with those that were approved',
  operand: { name: 'url', about: 'the page' },
  options: {
    approvals: {
      type: 'string',
      value: 'file',
      default: 'payment-scripts.json',
      about: 'who approved which script, and why',
    },
    stay: { type: 'string', value: 'ms', default: '2000', about: 'how long to stay in the page after it has loaded' },
    sri: { type: 'boolean', about: 'only print script elements with integrity for what is approved' },
    hashes: { type: 'boolean', about: 'only print the approved hashes, for csp generate --mode hashes --hashes …' },
    json: { type: 'boolean', about: 'print the findings as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const url = addressOf(textOf(scriptsCommand, args, 'url'));
  const approvals = await readApprovalsFile(resolve(terminal.cwd, textOf(scriptsCommand, args, 'approvals')));
  if (args['sri'] === true || args['hashes'] === true) {
    printPins(approvals, args, terminal);
    return;
  }
  const findings = await compared(url, approvals, { args, terminal });
  if (args['json'] === true) terminal.print(JSON.stringify({ page: url, findings }));
  else for (const finding of findings) terminal.print(findingLine(finding));
  const alarms = findings.filter(isAlarm).length;
  if (alarms > 0)
    throw new CliFailure('differs', `${String(alarms)} findings: not every script of this page is approved`);
  terminal.note('every script that ran is approved');
}

function printPins(approvals: Approvals, args: Arguments, terminal: Terminal): void {
  if (args['hashes'] === true) terminal.print(approvedHashes(approvals).join(','));
  if (args['sri'] !== true) return;
  for (const { id, tag } of integrityTags(approvals)) {
    if (tag === undefined) terminal.note(`${printable(id)} is changed by its maker at will: it can have no integrity`);
    else terminal.print(tag);
  }
}

async function compared(
  url: string,
  approvals: Approvals,
  { args, terminal }: { readonly args: Arguments; readonly terminal: Terminal },
): Promise<readonly ScriptFinding[]> {
  const stay = parseCount(textOf(scriptsCommand, args, 'stay'), '--stay', { min: 0, max: 60_000 });
  const browser = await launchChromium(terminal.env);
  try {
    const inventory = await visitPage(browser, { url, stay }, ({ inventory: seen }) => Promise.resolve(seen));
    for (const line of ledLine(inventory)) terminal.note(line);
    return compareScripts(inventory, approvals, inventory.seen.slice(0, 10));
  } finally {
    await browser.close();
  }
}
