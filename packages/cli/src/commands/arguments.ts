import { parseArgs } from 'node:util';
import { CliFailure } from '../failure.js';
import type { Arguments, Command } from './command.js';

const isEnough = ({ optional }: NonNullable<Command['operand']>, count: number): boolean =>
  count === 1 || (optional === true && count === 0);

/** Reads the options of a command. Misspelt options are refused, never skipped. */
export function readArguments(command: Command, words: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { type: 'boolean' as const } }).map(([name, option]) => [
      name,
      { type: option.type },
    ]),
  );
  try {
    const { operand } = command;
    const { values, positionals } = parseArgs({
      args: [...words],
      options,
      strict: true,
      allowPositionals: operand !== undefined,
    });
    if (operand !== undefined && !isEnough(operand, positionals.length) && values['help'] !== true)
      throw new TypeError(`${operand.optional === true ? 'at most one' : 'one'} <${operand.name}> is wanted`);
    return {
      ...Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? undefined : value]),
      ),
      ...(operand === undefined ? {} : { [operand.name]: positionals[0] }),
    };
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

/** The words of an option that takes several, with commas between them. */
export const listOf = (command: Command, args: Arguments, name: string): readonly string[] =>
  textOf(command, args, name)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const DIGIT = /^\d$/u;

/** A count of releases. @throws CliFailure `usage` */
export function parseSerial(text: string): number {
  const serial = Number(text);
  if (text === '' || !Array.from(text).every((digit) => DIGIT.test(digit)) || !Number.isSafeInteger(serial))
    throw new CliFailure('usage', `--serial takes a whole number, not "${text.slice(0, 20)}"`);
  return serial;
}

/** A TCP port. @throws CliFailure `usage` */
export function parsePort(text: string, option = '--port'): number {
  const port = Number(text);
  const wellFormed = text.length > 0 && text.length <= 5 && Array.from(text).every((digit) => DIGIT.test(digit));
  if (!wellFormed || port > 65_535)
    throw new CliFailure('usage', `${option} takes a number from 0 to 65535, not "${text.slice(0, 20)}"`);
  return port;
}

/** An address of the web. @throws CliFailure `usage` */
export function addressOf(text: string, name = '<url>'): string {
  if (URL.canParse(text) && /^https?:/u.test(text)) return new URL(text).href;
  throw new CliFailure('usage', `${name} takes an address of the web, not "${text.slice(0, 60)}"`);
}

/** A whole number. @throws CliFailure `usage` */
export function parseCount(
  text: string,
  option: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const count = Number(text);
  if (text !== '' && Number.isSafeInteger(count) && count >= min && count <= max) return count;
  throw new CliFailure(
    'usage',
    `${option} takes a number from ${String(min)} to ${String(max)}, not "${text.slice(0, 20)}"`,
  );
}
