import { resolve } from 'node:path';
import {
  exitCodeOf,
  fixPage,
  lint,
  lintJson,
  lintSarif,
  lintText,
  SEVERITIES,
  type Finding,
  type LintInput,
  type Severity,
} from '@cloister/csp';
import { fetchPage } from '../../check/fetch-page.js';
import { loadConfigFile } from '../../config/load-config-file.js';
import { CliFailure } from '../../failure.js';
import type { Terminal } from '../../terminal.js';
import { textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';
import { readText } from './read-text.js';

export const lintCommand: Command = {
  name: 'csp lint',
  summary: 'say what is wrong with a policy, what that lets an attacker do, and the change that mends it',
  operand: { name: 'page', about: 'an address, a file with a policy or with headers, or - for standard input' },
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

async function read(args: Arguments, terminal: Terminal): Promise<LintInput> {
  const page = textOf(lintCommand, args, 'page');
  const origin = textOf(lintCommand, args, 'origin');
  if (!URL.canParse(origin)) throw new CliFailure('usage', `--origin takes an origin, not "${origin.slice(0, 60)}"`);
  const input = isAddress(page) ? await fetchPage(page) : inputOf(await readText(page, terminal), origin);
  const file = args['config'];
  if (typeof file !== 'string') return input;
  const { config } = await loadConfigFile(resolve(terminal.cwd, file));
  return { ...input, needs: { frames: [config.elements] } };
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

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const threshold = severityOf(args);
  const input = await read(args, terminal);
  const findings = lint(input);
  if (args['fix'] === true) {
    const { enforced = [], reported = [], meta = [] } = fixPage(input, findings);
    for (const policy of [...enforced, ...reported, ...meta]) terminal.print(policy);
    return;
  }
  terminal.print(written(findings, input, textOf(lintCommand, args, 'format')));
  if (exitCodeOf(findings, threshold) === 1)
    throw new CliFailure('differs', `there are findings from ${threshold} upwards`);
}
