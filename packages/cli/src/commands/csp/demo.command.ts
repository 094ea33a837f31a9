import { score, type Outcome } from '@cloister/csp';
import { parseConfig, type CloisterConfig } from '@cloister/protocol';
import { launchChromium } from '../../check/browser.js';
import { checkPage } from '../../check/check-page.js';
import { STARTER } from '../../config/template.js';
import { devConfig } from '../../dev/dev-config.js';
import { startDevServer } from '../../dev/dev-server.js';
import { CliFailure } from '../../failure.js';
import { freePorts } from '../../net/listen.js';
import { startServices } from '../../services.js';
import type { Terminal } from '../../terminal.js';
import { addressOf, textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';

export const demoCommand: Command = {
  name: 'csp demo',
  summary: 'attack a page with card fields twice: without its policy, and with it',
  operand: {
    name: 'url',
    about: 'a page of yours; without one, a page on this machine that is made for it',
    optional: true,
  },
  options: { json: { type: 'boolean', about: 'print both outcomes as one line of JSON' } },
  run,
};

/** The starter on ports that are free, with values in memory: nothing is kept, and nobody else's development is disturbed. */
async function demoConfig(port: number): Promise<CloisterConfig> {
  const [elements = 0, vault = 0] = await freePorts(2);
  const parsed = parseConfig({
    ...STARTER,
    adapter: 'memory',
    hosts: [`http://shop.localhost:${String(port)}`],
    elements: `http://elements.localhost:${String(elements)}`,
    vault: `http://vault.localhost:${String(vault)}`,
  });
  if (!parsed.ok) throw new CliFailure('config', 'the starter configuration is not valid');
  return parsed.config;
}

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const url = textOf(demoCommand, args, 'url');
  if (url === '') await attackPlayground(args, terminal);
  else await attackTwice(addressOf(url), args, terminal);
}

async function attackPlayground(args: Arguments, terminal: Terminal): Promise<void> {
  const [port = 0] = await freePorts(1);
  const dev = devConfig(await demoConfig(port), port, false);
  const services = await startServices({ config: dev.config, data: ':memory:', account: 'cloister-demo' });
  try {
    const server = await startDevServer({ ...dev, port, folder: terminal.cwd, vault: services.vault });
    try {
      await attackTwice(dev.playground, args, terminal);
    } finally {
      await server.close();
    }
  } finally {
    await services.close();
  }
}

async function attackTwice(url: string, args: Arguments, terminal: Terminal): Promise<void> {
  const browser = await launchChromium(terminal.env);
  try {
    const attack = async (withoutPolicy: boolean): Promise<readonly Outcome[]> =>
      (await checkPage(browser, { url, elements: undefined, drill: true, withoutPolicy })).drill ?? [];
    const without = await attack(true);
    const within = await attack(false);
    if (args['json'] === true) terminal.print(JSON.stringify({ without, with: within }));
    else for (const line of beside(without, within)) terminal.print(line);
  } finally {
    await browser.close();
  }
}

const word = (outcome: Outcome | undefined): string => (outcome?.stopped === true ? 'stopped' : 'THROUGH');

function beside(without: readonly Outcome[], within: readonly Outcome[]): readonly string[] {
  const count = (outcomes: readonly Outcome[]): string =>
    `${String(score(outcomes).stopped)} of ${String(score(outcomes).of)} stopped`;
  return [
    'The same attacks by a script in the page, without its policy and with it:',
    ...within.map((outcome, index) => `  ${word(without[index])}  ${word(outcome)}  ${outcome.attempt.title}`),
    `Without: ${count(without)}. With: ${count(within)}.`,
    'What is typed into the fields is in none of it: they are frames of another origin, whatever runs in the page.',
  ];
}
