import { resolve } from 'node:path';
import {
  CONFIG_SERVERS,
  configServerOf,
  exitCodeOf,
  fixPage,
  lint,
  lintJson,
  lintSarif,
  lintText,
  SEVERITIES,
  type ConfigFinding,
  type ConfigServer,
  type Finding,
  type LintInput,
  type LintNeeds,
  type Severity,
} from '@cloister/csp';
import { fetchPage } from '../../check/fetch-page.js';
import { loadConfigFile } from '../../config/load-config-file.js';
import { CliFailure } from '../../failure.js';
import type { Terminal } from '../../terminal.js';
import { textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';
import { lintConfig, refuseFix, writtenConfig, type GivenConfig } from './lint-config.js';
import { readText } from './read-text.js';

export const lintCommand: Command = {
  name: 'csp lint',
  summary: 'say what is wrong with a policy, what that lets an attacker do, and the change that mends it',
  operand: {
    name: 'page',
    about:
      'an address; a file with a policy, with headers or with nginx’s or Apache’s configuration; or - for standard input',
  },
  options: {
    config: { type: 'string', value: 'file', about: 'the configuration: then the fields’ frames must be let in' },
    origin: {
      type: 'string',
      value: 'origin',
      default: 'https://shop.example',
      about: 'of the page, where a file is read',
    },
    format: { type: 'string', value: 'name', default: 'text', about: 'text, json or sarif' },
    'fail-on': {
      type: 'string',
      value: 'severity',
      default: 'high',
      about: `the exit code is 1 from: ${SEVERITIES.join(', ')}`,
    },
    fix: { type: 'boolean', about: 'print the mended policies instead of the findings' },
    server: {
      type: 'string',
      value: 'name',
      about: `the file is this server’s configuration: ${CONFIG_SERVERS.join(', ')} (default: told by its content)`,
    },
    prefix: {
      type: 'string',
      value: 'folder',
      about: 'that paths of include start from (default: the file’s own, then the one above)',
    },
  },
  run,
};

const NAME = /^[\w-]+$/u;

/** A file is a policy, or the head of an answer as `curl -I` prints it. */
function inputOf(file: string, origin: string): LintInput {
  const headers = file.split(/\r?\n/u).flatMap((line): (readonly [string, string])[] => {
    const [name = '', ...rest] = line.split(':');
    return rest.length > 0 && NAME.test(name) ? [[name.toLowerCase(), rest.join(':').trim()]] : [];
  });
  const named = (name: string): readonly string[] => headers.flatMap(([each, value]) => (each === name ? [value] : []));
  if (headers.length === 0) return { enforced: [file.trim()], origin };
  return {
    enforced: named('content-security-policy'),
    reported: named('content-security-policy-report-only'),
    headers: Object.fromEntries(headers),
    origin,
  };
}

const isAddress = (text: string): boolean => /^https?:\/\//u.test(text) && URL.canParse(text);

function originOf(args: Arguments): string {
  const origin = textOf(lintCommand, args, 'origin');
  if (!URL.canParse(origin)) throw new CliFailure('usage', `--origin takes an origin, not "${origin.slice(0, 60)}"`);
  return origin;
}

function serverOf(args: Arguments, text: string): ConfigServer | undefined {
  const named = args['server'];
  if (typeof named !== 'string') return configServerOf(text);
  const found = CONFIG_SERVERS.find((server) => server === named);
  if (found === undefined)
    throw new CliFailure('usage', `--server takes one of ${CONFIG_SERVERS.join(', ')}, not "${named.slice(0, 20)}"`);
  return found;
}

/** What is linted: one answer, or the configuration that makes answers. */
type Given = { readonly kind: 'answer'; readonly input: LintInput } | ({ readonly kind: 'config' } & GivenConfig);

async function needsOf(args: Arguments, terminal: Terminal): Promise<{ readonly needs?: LintNeeds }> {
  const file = args['config'];
  if (typeof file !== 'string') return {};
  const { config } = await loadConfigFile(resolve(terminal.cwd, file));
  return { needs: { frames: [config.elements] } };
}

async function read(args: Arguments, terminal: Terminal): Promise<Given> {
  const page = textOf(lintCommand, args, 'page');
  const origin = originOf(args);
  const needs = await needsOf(args, terminal);
  if (isAddress(page)) return { kind: 'answer', input: { ...(await fetchPage(page)), ...needs } };
  const text = await readText(page, terminal);
  const server = serverOf(args, text);
  if (server === undefined) return { kind: 'answer', input: { ...inputOf(text, origin), ...needs } };
  const file = page === '-' ? undefined : page;
  const prefix = typeof args['prefix'] === 'string' ? args['prefix'] : undefined;
  return { kind: 'config', server, text, base: { cwd: terminal.cwd, file, prefix }, facts: { origin, ...needs } };
}

function severityOf(args: Arguments): Severity {
  const named = textOf(lintCommand, args, 'fail-on');
  const found = SEVERITIES.find((severity) => severity === named);
  if (found === undefined) throw new CliFailure('usage', `--fail-on takes one of ${SEVERITIES.join(', ')}`);
  return found;
}

function written(findings: readonly Finding[], input: LintInput, format: string): string {
  if (format === 'json') return lintJson(findings);
  if (format === 'sarif') return lintSarif(findings, input, '0.1.0');
  if (format === 'text') return lintText(findings);
  throw new CliFailure('usage', `--format takes text, json or sarif, not "${format.slice(0, 20)}"`);
}

function printMended(input: LintInput, terminal: Terminal): void {
  const { enforced = [], reported = [], meta = [] } = fixPage(input, lint(input));
  for (const policy of [...enforced, ...reported, ...meta]) terminal.print(policy);
}

/** Prints what was found, and answers it. */
function tellAnswer(input: LintInput, format: string, terminal: Terminal): readonly Finding[] {
  const findings = lint(input);
  terminal.print(written(findings, input, format));
  return findings;
}

function tellConfig(given: GivenConfig, format: string, terminal: Terminal): readonly ConfigFinding[] {
  const findings = lintConfig(given);
  terminal.print(writtenConfig(findings, format));
  return findings;
}

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const threshold = severityOf(args);
  const given = await read(args, terminal);
  if (args['fix'] === true) {
    if (given.kind === 'config') refuseFix(lintConfig(given), terminal.print);
    printMended(given.input, terminal);
    return;
  }
  const format = textOf(lintCommand, args, 'format');
  const findings =
    given.kind === 'config' ? tellConfig(given, format, terminal) : tellAnswer(given.input, format, terminal);
  if (exitCodeOf(findings, threshold) === 1)
    throw new CliFailure('differs', `there are findings from ${threshold} upwards`);
}
