import { parseArgs } from 'node:util';
import { CliFailure } from '../failure.js';
import type { Arguments, Command } from './command.js';

/** Reads the options of a command. Misspelt options are refused, never skipped. */
export function readArguments(command: Command, words: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean' as const } }).map(([name, option]) => [
      name,
      { type: option.type },
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? undefined : value]),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ', 1).join('') : 'cannot read the options';
    throw new CliFailure('usage', `${reason}; see: cloister ${command.name} --help`);
  }
}

/** The text of an option, or its default. */
export function textOf(command: Command, args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : (command.options[name]?.default ?? '');
}

const DIGIT = /^\d$/u;

/** A TCP port. @throws CliFailure `usage` */
export function parsePort(text: string, option = '--port'): number {
  const port = Number(text);
  const wellFormed = text.length > 0 && text.length <= 5 && Array.from(text).every((digit) => DIGIT.test(digit));
  if (!wellFormed || port > 65_535)
    throw new CliFailure('usage', `${option} takes a number from 0 to 65535, not "${text.slice(0, 20)}"`);
  return port;
}
