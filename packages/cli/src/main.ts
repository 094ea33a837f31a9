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

const isHelp = (word: string): boolean => ['help', '--help', '-h'].includes(word);

/** The command that the first word or two name, and what stands after it. */
function commandOf(
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  for (const count of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, count).join(' '));
    if (command !== undefined) return { command, rest: words.slice(count) };
  }
  return undefined;
}

/** Shows what there is, where only that was asked: of everything, or of the commands that begin with a word. @throws CliFailure `usage` */
function showCommands([first, ...more]: readonly string[], terminal: Terminal): number {
  const everything = first === undefined || isHelp(first);
  const shown = everything ? COMMANDS : COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  const [asked] = everything ? [first] : more;
  if (shown.length === 0 || !(asked === undefined || isHelp(asked))) {
    const typed = [first, ...(shown.length === 0 ? [] : [asked])].join(' ');
    throw new CliFailure('usage', `there is no command "${typed.slice(0, 40)}"; see: cloister --help`);
  }
  terminal.print(overview(shown));
  return asked === undefined ? 2 : 0;
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const named = commandOf(words);
  if (named === undefined) return showCommands(words, terminal);
  const { command, rest } = named;
  const args = readArguments(command, rest);
  if (args['help'] === true) {
    terminal.print(commandHelp(command));
    return 0;
  }
  await command.run(args, terminal);
  return 0;
}
