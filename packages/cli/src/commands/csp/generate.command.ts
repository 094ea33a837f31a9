import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  EMITTERS,
  emitterOf,
  hostHeaders,
  hostPolicy,
  plainHeaders,
  type Emission,
  type Emitter,
  type HeaderRule,
  type HostHeaderOptions,
  type HostPage,
} from '@cloister/csp';
import { buildSite } from '@cloister/elements';
import type { CloisterConfig } from '@cloister/protocol';
import { loadConfigFile } from '../../config/load-config-file.js';
import { CliFailure } from '../../failure.js';
import { readSite } from '../../site/read-site.js';
import { withSite } from '../../site/with-site.js';
import type { Terminal } from '../../terminal.js';
import { textOf } from '../arguments.js';
import type { Arguments, Command } from '../command.js';
import { hostPageOf, PAGE_OPTIONS } from './host-page.js';

export const generateCommand: Command = {
  name: 'csp generate',
  summary: 'write the headers of a page with secure fields, or of the elements origin, for your server',
  options: {
    ...PAGE_OPTIONS,
    target: {
      type: 'string',
      value: 'name',
      default: 'nginx',
      about: `what serves it: ${EMITTERS.map(({ id }) => id).join(', ')}`,
    },
    for: { type: 'string', value: 'whom', default: 'host', about: 'host: the page; elements: the frames’ origin' },
    path: { type: 'string', value: 'path', default: '/*', about: 'the pages that get the headers' },
    'report-only': { type: 'boolean', about: 'refuse nothing, tell everything: for the first days of a policy' },
    isolated: { type: 'boolean', about: 'the page is isolated across origins (COEP)' },
    site: {
      type: 'string',
      value: 'folder',
      about: 'pages that are files: their scripts and styles get into the policy (mode hashes, or hosts)',
    },
    pin: {
      type: 'boolean',
      about: 'with --site: write integrity and crossorigin into the pages, for files that lack them',
    },
    'integrity-policy': {
      type: 'boolean',
      about:
        'refuse scripts without integrity or crossorigin wherever they come from (with --site, where all have them, without asking)',
    },
    reasons: { type: 'boolean', about: 'say why each header and source is there, and write nothing' },
    out: { type: 'string', value: 'file', about: 'where to write; without it the text is printed' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const { config } = await loadConfigFile(resolve(terminal.cwd, textOf(generateCommand, args, 'config')));
  const wanted = await pageOf(args, config, terminal);
  if (args['reasons'] === true) {
    for (const line of reasonsOf(wanted)) terminal.print(line);
    return;
  }
  const emitter = targetOf(args);
  const rules = await rulesOf(args, wanted, config);
  await deliver(
    misuse(() => emitter.emit(rules)),
    args,
    terminal,
  );
  terminal.note(`see that it works: ${emitter.verify}`);
}

interface Wanted {
  readonly page: HostPage;
  readonly options: HostHeaderOptions;
}

/** The page that the options speak of, with what its site needs. @throws CliFailure `usage`, `folder` */
async function pageOf(args: Arguments, config: CloisterConfig, terminal: Terminal): Promise<Wanted> {
  const options = {
    disposition: args['report-only'] === true ? 'report' : 'enforce',
    copy: config.copy,
    isolated: args['isolated'] === true,
    integrity: args['integrity-policy'] === true,
  } as const;
  const folder = textOf(generateCommand, args, 'site');
  if (folder === '') return { page: hostPageOf(generateCommand, args, config), options };
  const page = hostPageOf(generateCommand, { mode: 'hashes', ...args }, config);
  const needs = await readSite(resolve(terminal.cwd, folder), args['pin'] === true);
  for (const note of needs.notes) terminal.note(note);
  const pinned = page.mode === 'hashes' && needs.cors && (page.services ?? []).length === 0;
  return { page: withSite(page, needs), options: { ...options, integrity: options.integrity || pinned } };
}

/** A server knows the types of files, and would send a second one. */
const isNotItsType = ([name]: readonly [string, string]): boolean => name !== 'Content-Type';

async function rulesOf(
  args: Arguments,
  { page, options }: Wanted,
  config: CloisterConfig,
): Promise<readonly HeaderRule[]> {
  const whom = textOf(generateCommand, args, 'for');
  if (whom === 'elements') {
    const { files } = await buildSite(config);
    return [...files].map(([path, { headers }]) => ({ path, headers: Object.entries(headers).filter(isNotItsType) }));
  }
  if (whom !== 'host') throw new CliFailure('usage', `--for takes host or elements, not "${whom.slice(0, 20)}"`);
  const path = textOf(generateCommand, args, 'path');
  return [{ path, headers: plainHeaders(misuse(() => hostHeaders(page, options))) }];
}

function reasonsOf({ page, options }: Wanted): readonly string[] {
  const policy = misuse(() => hostPolicy(page)).flatMap(({ name, reason, sources }) => [
    `  ${name}: ${reason}`,
    ...sources.map(({ source, reason: why }) => `    ${source}: ${why}`),
  ]);
  return hostHeaders(page, options).flatMap(({ name, reason }, index) => [
    `${name}: ${reason}`,
    ...(index === 0 ? policy : []),
  ]);
}

/** What a pure function refuses is a mistake on the command line. */
function misuse<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new CliFailure('usage', error.message);
    throw error;
  }
}

function targetOf(args: Arguments): Emitter {
  const named = textOf(generateCommand, args, 'target');
  const emitter = emitterOf(named);
  if (emitter === undefined)
    throw new CliFailure(
      'usage',
      `there is no target "${named.slice(0, 20)}"; there are ${EMITTERS.map(({ id }) => id).join(', ')}`,
    );
  return emitter;
}

async function deliver({ file, text, lost }: Emission, args: Arguments, terminal: Terminal): Promise<void> {
  const out = args['out'];
  if (typeof out === 'string') {
    await writeFile(resolve(terminal.cwd, out), text);
    terminal.note(`written to ${out}; it belongs into ${file}`);
  } else terminal.print(text.trimEnd());
  for (const { name, why, instead } of lost) terminal.note(`left out: ${name}, for ${why}; ${instead}`);
}
