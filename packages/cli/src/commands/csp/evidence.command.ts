import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Break, Chain } from '../../evidence/chain.js';
import { chainOf } from '../../evidence/folder.js';
import { gaps } from '../../evidence/history.js';
import { csvReport, htmlEvidence } from '../../evidence/reports.js';
import { CliFailure } from '../../failure.js';
import { printable } from '../../scripts/describe.js';
import type { Terminal } from '../../terminal.js';
import { textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const evidenceCommand: Command = {
  name: 'csp evidence',
  summary: 'verify what csp monitor wrote down, and show it: cycles, approvals, differences, gaps',
  operand: { name: 'folder', about: 'the one given to csp monitor --evidence' },
  options: {
    head: { type: 'string', value: 'hash', about: 'a head that you kept elsewhere: lines up to it must all be there' },
    html: { type: 'string', value: 'file', about: 'write it as a page' },
    csv: { type: 'string', value: 'file', about: 'write it as a table' },
    json: { type: 'boolean', about: 'print it as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const folder = textOf(evidenceCommand, args, 'folder');
  const read = await chainOf(resolve(terminal.cwd, folder));
  if (read === undefined) throw new CliFailure('folder', `there is no evidence in ${folder}`);
  const chain = { ...read, broken: read.broken ?? cutOff(read, headOf(args)) };
  const now = new Date().toISOString();
  if (typeof args['html'] === 'string') await writeFile(resolve(terminal.cwd, args['html']), htmlEvidence(chain, now));
  if (typeof args['csv'] === 'string') await writeFile(resolve(terminal.cwd, args['csv']), csvReport(chain));
  if (args['json'] === true) terminal.print(JSON.stringify({ ...chain, gaps: gaps(chain.lines, now) }));
  else for (const line of summary(chain, now)) terminal.print(printable(line));
  const { broken } = chain;
  if (broken !== undefined)
    throw new CliFailure('differs', `the evidence is broken at line ${String(broken.line)}: ${broken.why}`);
}

/** What a script that found no head hands over is empty, and must not pass for one that fits. @throws CliFailure `usage` */
function headOf(args: Arguments): string | undefined {
  const { head } = args;
  if (head === undefined) return undefined;
  if (typeof head === 'string' && /^[\da-f]{64}$/u.test(head)) return head;
  throw new CliFailure('usage', '--head takes the 64 letters that csp monitor printed behind "evidence:"');
}

/** A chain that was cut holds; only who kept its head can tell. */
function cutOff({ lines, head }: Chain, kept: string | undefined): Break | undefined {
  if (kept === undefined || head === kept || lines.slice(1).some(({ previous }) => previous === kept)) return undefined;
  return { line: lines.length, why: `the line with the hash ${kept} is missing or was changed` };
}

const summary = (chain: Chain, now: string): readonly string[] => [
  ...chain.lines.map(({ number, entry }) => {
    const said = entry.type === 'approval' ? ` by ${entry.by}: ${entry.because}` : '';
    return `${String(number).padStart(4)}  ${entry.at}  ${entry.type}${said}  ${entry.page}  ${String(entry.findings.length)} differences`;
  }),
  ...gaps(chain.lines, now).map(
    ({ page, from, to, days }) => `GAP   ${page} was not looked at for ${String(days)} days: ${from} to ${to}`,
  ),
  `${String(chain.lines.length)} lines; head ${chain.head}`,
];
