import { SCRIPT_MODES, SERVICES, type HostPage, type ScriptMode } from '@cloister/csp';
import type { CloisterConfig } from '@cloister/protocol';
import { CliFailure } from '../../failure.js';
import { listOf, textOf } from '../arguments.js';
import type { Arguments, Command, CommandOption } from '../command.js';

/** Options that say what a host page is; commands that make or judge policies share them. */
export const PAGE_OPTIONS: Readonly<Record<string, CommandOption>> = {
  config: { type: 'string', value: 'file', default: '.', about: 'the configuration, or its folder' },
  mode: {
    type: 'string',
    value: 'name',
    default: 'hosts',
    about: `how the page says which scripts are its own: ${SCRIPT_MODES.join(', ')}`,
  },
  hashes: { type: 'string', value: 'list', about: 'hashes of the page’s scripts (sha384-…), with commas between them' },
  services: {
    type: 'string',
    value: 'list',
    about: `other services that the page embeds: ${SERVICES.map(({ id }) => id).join(', ')}`,
  },
  reports: { type: 'string', value: 'address', about: 'path or address of the report collector' },
  'trusted-types': { type: 'boolean', about: 'ask for Trusted Types, which not every page is ready for' },
};

const isMode = (text: string): text is ScriptMode => SCRIPT_MODES.some((mode) => mode === text);

/** The page that the options speak of. @throws CliFailure `usage` */
export function hostPageOf(command: Command, args: Arguments, config: CloisterConfig): HostPage {
  const mode = textOf(command, args, 'mode');
  if (!isMode(mode))
    throw new CliFailure('usage', `--mode takes one of ${SCRIPT_MODES.join(', ')}, not "${mode.slice(0, 20)}"`);
  const reports = textOf(command, args, 'reports');
  return {
    elements: config.elements,
    mode,
    hashes: listOf(command, args, 'hashes'),
    services: listOf(command, args, 'services'),
    ...(reports === '' ? {} : { reports }),
    trustedTypes: args['trusted-types'] === true,
    // A shop under development has no encryption, and must not be told to use it.
    secure: config.hosts.some((host) => host.startsWith('https:')),
  };
}
