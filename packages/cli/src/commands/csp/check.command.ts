import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launchChromium } from '../../check/browser.js';
import { checkPage, type PageCheck } from '../../check/check-page.js';
import { htmlReport } from '../../check/html-report.js';
import { summary } from '../../check/summary.js';
import { loadConfigFile } from '../../config/load-config-file.js';
import { CliFailure } from '../../failure.js';
import type { Terminal } from '../../terminal.js';
import { addressOf, textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const checkCommand: Command = {
  name: 'csp check',
  summary: 'open a page in a real browser: its policies, what they refuse, and what an attacker’s script could do',
  operand: { name: 'url', about: 'the page' },
  options: {
    config: { type: 'string', value: 'file', about: 'the configuration: then a frame of the fields is mounted, too' },
    drill: {
      type: 'string',
      value: 'yes|no',
      default: 'yes',
      about: 'whether the page is attacked; a shop that is live may say no',
    },
    out: { type: 'string', value: 'folder', about: 'write report.html, report.json and screenshot.png there' },
    json: { type: 'boolean', about: 'print the report as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const url = addressOf(textOf(checkCommand, args, 'url'));
  const elements = await elementsOf(args, terminal);
  const browser = await launchChromium(terminal.env);
  try {
    const check = await checkPage(browser, { url, elements, drill: textOf(checkCommand, args, 'drill') !== 'no' });
    await write(check, args, terminal);
    if (args['json'] === true) terminal.print(JSON.stringify(plain(check)));
    else for (const line of summary(check)) terminal.print(line);
    judge(check);
  } finally {
    await browser.close();
  }
}

async function elementsOf(args: Arguments, terminal: Terminal): Promise<string | undefined> {
  const file = args['config'];
  return typeof file === 'string' ? (await loadConfigFile(resolve(terminal.cwd, file))).config.elements : undefined;
}

/** All but the picture, which is a file of its own. */
const plain = ({ screenshot: _, ...rest }: PageCheck): object => rest;

async function write(check: PageCheck, args: Arguments, terminal: Terminal): Promise<void> {
  const { out } = args;
  if (typeof out !== 'string') return;
  const folder = resolve(terminal.cwd, out);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.html'), htmlReport(check));
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(plain(check), null, 2)}\n`);
  await writeFile(join(folder, 'screenshot.png'), check.screenshot);
  terminal.note(`the report is in ${out}`);
}

/** What a schedule must hear of: fields that cannot be mounted, and a page that refuses an attacker nothing. */
function judge({ probe, observation }: PageCheck): void {
  if (probe?.ok === false) throw new CliFailure('differs', 'the fields cannot be mounted in this page');
  const enforced =
    observation.headers.some(([name]) => name === 'content-security-policy') || observation.meta.length > 0;
  if (!enforced) throw new CliFailure('differs', 'no Content-Security-Policy is enforced on this page');
}
