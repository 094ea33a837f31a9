import { readArguments } from './commands/arguments.js';
import { buildCommand } from './commands/build.command.js';
import type { Command } from './commands/command.js';
import { CSP_COMMANDS } from './commands/csp/csp-commands.js';
import { CREDENTIAL_COMMANDS } from './commands/credential.command.js';
import { devCommand } from './commands/dev.command.js';
import { commandHelp, overview } from './commands/help.js';
import { initCommand } from './commands/init.command.js';
import { serveCommand } from './commands/serve.command.js';
import { verifyServedCommand } from './commands/verify-served.command.js';
import { CliFailure } from './failure.js';
import type { Terminal } from './terminal.js';

/** Everything that `cloister` can do. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  devCommand,
  buildCommand,
  serveCommand,
  verifyServedCommand,
  ...CREDENTIAL_COMMANDS,
  ...CSP_COMMANDS,
];

/**
 * Runs one command line.
 *
 * @param words what stands after `cloister`.
 * @returns the exit code: 0 done, 1 failed or differs, 2 misuse or not to be found out, 3 configuration.
 */
export async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    if (error instanceof CliFailure) {
      terminal.note(`cloister: ${error.message} [${error.code}]`);
      return error.exitCode;
    }
    terminal.note(`cloister: ${error instanceof Error ? error.message : 'unexpected failure'} [runtime]`);
    return 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.print(overview(COMMANDS));
    return name === undefined ? 2 : 0;
  }
  const [second, ...further] = rest;
  const longer = COMMANDS.find((candidate) => candidate.name === `${name} ${second ?? ''}`);
  const command = longer ?? COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined)
    throw new CliFailure('usage', `there is no command "${name.slice(0, 40)}"; see: cloister --help`);
  const args = readArguments(command, longer === undefined ? rest : further);
  if (args['help'] === true) {
    terminal.print(commandHelp(command));
    return 0;
  }
  await command.run(args, terminal);
  return 0;
}
