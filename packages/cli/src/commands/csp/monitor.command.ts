import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { makeBaseline, readBaseline, type Approvals, type Baseline } from '@cloister/csp';
import { launchChromium } from '../../check/browser.js';
import { kept, sha256, type Found } from '../../evidence/entry.js';
import { addEvidence } from '../../evidence/folder.js';
import { foundLine } from '../../evidence/reports.js';
import { CliFailure } from '../../failure.js';
import { plainAddress } from '../../scripts/classify.js';
import { printable } from '../../scripts/describe.js';
import { readApprovalsFile } from '../../scripts/read-approvals-file.js';
import type { Terminal } from '../../terminal.js';
import { readBaselineFile } from '../../watch/baseline-file.js';
import { findingsOf } from '../../watch/findings.js';
import { junit, sarif } from '../../watch/machine-reports.js';
import { watchPage, type Watched } from '../../watch/watch-page.js';
import { postAlert, webhookOf } from '../../watch/webhook.js';
import { addressOf, parseCount, textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const monitorCommand: Command = {
  name: 'csp monitor',
  summary: 'one cycle of change and tamper detection, as several kinds of visitors (PCI DSS 11.6.1)',
  operand: { name: 'url', about: 'the page' },
  options: {
    baseline: { type: 'string', value: 'file', default: 'payment-page.json', about: 'the page as it was approved' },
    approvals: { type: 'string', value: 'file', about: 'approved scripts (csp scripts): they judge the scripts then' },
    approve: { type: 'boolean', about: 'write the baseline: the page as it is now is approved' },
    by: { type: 'string', value: 'name', about: 'with --approve: who says so' },
    because: { type: 'string', value: 'text', about: 'with --approve: why it changed' },
    evidence: { type: 'string', value: 'folder', about: 'add a line for this cycle to the evidence there' },
    webhook: { type: 'string', value: 'url', about: 'where findings are posted as JSON' },
    sarif: { type: 'string', value: 'file', about: 'write the findings as SARIF' },
    junit: { type: 'string', value: 'file', about: 'write the findings as JUnit XML' },
    loads: { type: 'string', value: 'N', default: '5', about: 'how often each kind of visitor opens the page' },
    stay: { type: 'string', value: 'ms', default: '3000', about: 'how long each stays' },
    json: { type: 'boolean', about: 'print the findings as one line of JSON' },
  },
  run,
};

const UNTAKEN = 'the webhook did not take the alert';

/** A cycle, and where its outcome goes. */
interface Cycle {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly page: string;
  readonly at: string;
  readonly watched: readonly Watched[];
  readonly findings: readonly Found[];
}

/** Who approves, where it was asked. @throws CliFailure `usage` when nobody says why. */
function approverOf(args: Arguments): { readonly by: string; readonly because: string } | undefined {
  if (args['approve'] !== true) return undefined;
  const { by, because } = args;
  if (typeof by !== 'string' || typeof because !== 'string' || by.trim() === '' || because.trim() === '')
    throw new CliFailure('usage', '--approve wants --by NAME and --because TEXT');
  if (by.length > 200 || because.length > 2000)
    throw new CliFailure('usage', '--by takes 200 letters at most, --because 2000');
  return { by, because };
}

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const url = addressOf(textOf(monitorCommand, args, 'url'));
  const approver = approverOf(args);
  const webhook = typeof args['webhook'] === 'string' ? webhookOf(args['webhook']) : undefined;
  const file = resolve(terminal.cwd, textOf(monitorCommand, args, 'baseline'));
  const baseline = await baselineOf(file, plainAddress(url));
  if (baseline === undefined && approver === undefined)
    throw new CliFailure(
      'config',
      `${file} does not exist; look at the page, then: --approve --by NAME --because TEXT`,
    );
  const approvals = await approvalsOf(args, terminal);
  const watched = await watch(url, args, terminal).catch((error: unknown) => unseen(error, url, { webhook, terminal }));
  const findings = baseline === undefined ? [] : judged(watched, baseline, approvals);
  const cycle = { args, terminal, page: plainAddress(url), at: new Date().toISOString(), watched, findings };
  await report(cycle);
  const isAlarm = approver === undefined && findings.length > 0;
  // Before the evidence, which somebody may have broken so that nobody hears of this.
  if (isAlarm && webhook !== undefined) await alert(cycle, webhook);
  await keep(cycle);
  if (approver !== undefined) await approve(cycle, file, approver);
  if (isAlarm)
    throw new CliFailure('differs', `${cycle.page} is not as it was approved: ${String(findings.length)} differences`);
}

/** A page that cannot be looked at is news: else who keeps the browser away keeps the alert away. */
async function unseen(
  error: unknown,
  url: string,
  { webhook, terminal }: { readonly webhook: string | undefined; readonly terminal: Terminal },
): Promise<never> {
  const problem = error instanceof Error ? error.message : 'it could not be looked at';
  const news = { page: plainAddress(url), at: new Date().toISOString(), problem };
  if (webhook !== undefined && !(await postAlert(webhook, news))) terminal.note(UNTAKEN);
  throw error;
}

/** One file is of one page: an approval of another would be lost. */
async function baselineOf(file: string, page: string): Promise<Baseline | undefined> {
  const baseline = await readBaselineFile(file);
  if (baseline !== undefined && baseline.page !== page)
    throw new CliFailure('config', `${file} is of ${baseline.page}; name another file with --baseline`);
  return baseline;
}

async function approvalsOf(args: Arguments, { cwd }: Terminal): Promise<Approvals | undefined> {
  const { approvals } = args;
  return typeof approvals === 'string' ? readApprovalsFile(resolve(cwd, approvals)) : undefined;
}

const judged = (watched: readonly Watched[], baseline: Baseline, approvals: Approvals | undefined): readonly Found[] =>
  kept(findingsOf(watched, baseline, approvals));

async function watch(url: string, args: Arguments, terminal: Terminal): Promise<readonly Watched[]> {
  const loads = parseCount(textOf(monitorCommand, args, 'loads'), '--loads', { min: 1, max: 100 });
  const stay = parseCount(textOf(monitorCommand, args, 'stay'), '--stay', { min: 0, max: 60_000 });
  const browser = await launchChromium(terminal.env);
  try {
    return await watchPage(browser, { url, loads, stay });
  } finally {
    await browser.close();
  }
}

async function keep({ args, terminal, page, at, watched, findings }: Cycle): Promise<void> {
  if (typeof args['evidence'] !== 'string') return;
  const all = watched.flatMap(({ inventory }) => inventory.scripts);
  const scripts = [...new Map(all.map(({ src, hash, kind }) => [`${src} ${hash}`, { src, hash, kind }])).values()];
  const entry = { type: 'cycle', at, page, loads: watched.length, scripts, findings: [...findings] } as const;
  const head = await addEvidence(resolve(terminal.cwd, args['evidence']), entry);
  terminal.note(`evidence: ${head}`);
}

async function report({ args, terminal, page, at, watched, findings }: Cycle): Promise<void> {
  if (typeof args['sarif'] === 'string') await writeFile(resolve(terminal.cwd, args['sarif']), sarif(page, findings));
  if (typeof args['junit'] === 'string') await writeFile(resolve(terminal.cwd, args['junit']), junit(page, findings));
  if (args['json'] === true) {
    terminal.print(JSON.stringify({ page, at, loads: watched.length, findings }));
    return;
  }
  for (const finding of findings) terminal.print(printable(foundLine(finding)));
  terminal.print(`${page}: ${String(watched.length)} loads, ${String(findings.length)} differences`);
}

async function approve(
  { args, terminal, page, at, watched, findings }: Cycle,
  file: string,
  approver: { readonly by: string; readonly because: string },
): Promise<void> {
  const sightings = watched.map(({ sighting }) => sighting);
  const baseline = makeBaseline(page, sightings, { ...approver, at });
  const read = readBaseline(baseline);
  if (!read.ok) throw new CliFailure('config', `the page has more than a baseline can hold: ${read.problem}`);
  const text = `${JSON.stringify(baseline, null, 2)}\n`;
  await writeFile(file, text);
  if (typeof args['evidence'] === 'string') {
    const entry = { type: 'approval', at, page, ...approver, baseline: sha256(text), findings: [...findings] } as const;
    await addEvidence(resolve(terminal.cwd, args['evidence']), entry);
  }
  terminal.note(`approved by ${printable(approver.by)}: ${file}`);
}

async function alert({ terminal, page, at, findings }: Cycle, webhook: string): Promise<void> {
  if (!(await postAlert(webhook, { page, at, findings }))) terminal.note(UNTAKEN);
}
