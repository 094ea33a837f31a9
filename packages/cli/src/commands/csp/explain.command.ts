import { resolve } from 'node:path';
import { explain, ReportCollector, type StoredReport } from '@cloister/csp';
import { loadConfigFile } from '../../config/load-config-file.js';
import { CliFailure } from '../../failure.js';
import { explained } from '../../refusals/explained.js';
import type { Terminal } from '../../terminal.js';
import { textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';
import { keptCauses, type Cause } from './kept-reports.js';
import { readText } from './read-text.js';

export const explainCommand: Command = {
  name: 'csp explain',
  summary: 'say of a report what was refused, whose doing it is, and the one line that allows it, or why not to',
  operand: {
    name: 'report',
    about: 'a file with what a browser sent (either format) or a collector kept, or - for standard input',
  },
  options: {
    config: { type: 'string', value: 'file', about: 'the configuration, which knows where the fields come from' },
    json: { type: 'boolean', about: 'print one line of JSON for each report' },
  },
  run,
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliFailure('usage', 'the report is not JSON');
  }
};

const isLegacy = (body: unknown): boolean => typeof body === 'object' && body !== null && 'csp-report' in body;

/** By way of the collector, so that what is read here is what it would keep. @throws CliFailure `usage` */
async function reportsIn(text: string): Promise<readonly StoredReport[]> {
  const kept: StoredReport[] = [];
  const collector = new ReportCollector({
    now: () => Date.now(),
    sink: (_, report) => void kept.push(report),
    samples: true,
    noise: [],
  });
  const type = isLegacy(parsed(text)) ? 'application/csp-report' : 'application/reports+json';
  const request = new Request('http://localhost/', { method: 'POST', body: text, headers: { 'content-type': type } });
  const { status } = await collector.answer(request, 'terminal');
  if (status === 413)
    throw new CliFailure('usage', 'the file has more than 64 KiB or 100 reports: give it in parts, as browsers would');
  if (status !== 204 || kept.length === 0)
    throw new CliFailure(
      'usage',
      'no report of a browser is in it: wanted is what report-uri or the Reporting API sends',
    );
  return kept;
}

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const text = await readText(textOf(explainCommand, args, 'report'), terminal);
  const causes = keptCauses(text) ?? (await reportsIn(text)).map((report): Cause => ({ report, count: 1 }));
  const file = args['config'];
  const context =
    typeof file === 'string' ? { elements: (await loadConfigFile(resolve(terminal.cwd, file))).config.elements } : {};
  for (const { report, count } of causes) {
    const explanation = explain(report, context);
    if (args['json'] === true) terminal.print(JSON.stringify({ ...explanation, count }));
    else for (const line of explained(explanation)) terminal.print(line);
    if (args['json'] !== true && count > 1) terminal.print(`  ${String(count)} times, last ${report.time}`);
  }
}
