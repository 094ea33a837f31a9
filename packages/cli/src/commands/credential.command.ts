import { resolve } from 'node:path';
import { CliFailure } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { withVault, type VaultFolder } from '../vault-folder.js';
import { textOf } from './arguments.js';
import type { Arguments, Command, CommandOption } from './command.js';

/*
 * Credentials of backends, for whoever has the vault's folder. A vault that runs has its folder to itself: stop it, or
 * call `vault.credentials` in its process.
 */
const FOLDER: Readonly<Record<string, CommandOption>> = {
  config: { type: 'string', value: 'file', default: '.', about: 'the configuration, or its folder' },
  data: {
    type: 'string',
    value: 'folder',
    default: '.cloister',
    about: 'folder of the vault, which must not be running',
  },
  json: { type: 'boolean', about: 'print one line of JSON' },
};

const createCommand: Command = {
  name: 'credential create',
  summary: 'make a service credential for a backend; it is shown once',
  options: {
    ...FOLDER,
    name: { type: 'string', value: 'name', about: 'service account, as it will stand in the audit log' },
    days: { type: 'string', value: 'N', default: '90', about: 'how long it lasts, 1 to 365' },
  },
  run: create,
};

const listCommand: Command = {
  name: 'credential list',
  summary: 'list the service credentials, without themselves',
  options: FOLDER,
  run: list,
};

const revokeCommand: Command = {
  name: 'credential revoke',
  summary: 'end a service credential and the sessions that it minted',
  options: { ...FOLDER, id: { type: 'string', value: 'id', about: 'which one, as the list names it' } },
  run: revoke,
};

export const CREDENTIAL_COMMANDS: readonly Command[] = [createCommand, listCommand, revokeCommand];

const folderOf = (command: Command, args: Arguments, { cwd }: Terminal): VaultFolder => ({
  config: resolve(cwd, textOf(command, args, 'config')),
  data: resolve(cwd, textOf(command, args, 'data')),
});

async function create(args: Arguments, terminal: Terminal): Promise<void> {
  const account = { name: textOf(createCommand, args, 'name'), days: Number(textOf(createCommand, args, 'days')) };
  const made = await withVault(folderOf(createCommand, args, terminal), (vault) =>
    vault.credentials.create(account).catch((error: unknown) => {
      throw error instanceof TypeError ? new CliFailure('usage', error.message) : error;
    }),
  );
  if (args['json'] === true) terminal.print(JSON.stringify(made));
  else {
    terminal.note(`Credential ${made.id} of ${account.name} ends at ${made.expires}. It is shown this once:`);
    terminal.print(made.credential);
  }
}

async function list(args: Arguments, terminal: Terminal): Promise<void> {
  const all = await withVault(folderOf(listCommand, args, terminal), (vault) => vault.credentials.list());
  if (args['json'] === true) terminal.print(JSON.stringify(all));
  else for (const { id, name, created, expires } of all) terminal.print(`${id}  ${name}  ${created} to ${expires}`);
}

async function revoke(args: Arguments, terminal: Terminal): Promise<void> {
  const id = textOf(revokeCommand, args, 'id');
  const sessions = await withVault(folderOf(revokeCommand, args, terminal), (vault) => vault.credentials.revoke(id));
  if (sessions === undefined)
    throw new CliFailure('usage', 'there is no such credential; see: cloister credential list');
  if (args['json'] === true) terminal.print(JSON.stringify({ id, sessions }));
  else terminal.print(`Credential ${id} is revoked, and ${String(sessions)} sessions with it.`);
}
