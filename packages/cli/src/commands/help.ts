import type { Command, CommandOption } from './command.js';

const COLUMN = 24;

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  return [
    'Secure input fields that the page around them cannot read.',
    '',
    'Usage: cloister <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(8)}${summary}`),
    '',
    'cloister <command> --help explains its options.',
  ].join('\n');
}

/** The options of one command. */
export function commandHelp({ name, summary, options }: Command): string {
  return [
    `cloister ${name}: ${summary}`,
    '',
    `Usage: cloister ${name} [options]`,
    '',
    ...Object.entries(options).map(([option, about]) => optionLine(option, about)),
    optionLine('help', { type: 'boolean', about: 'show this' }),
  ].join('\n');
}

function optionLine(name: string, { value, about, default: usual }: CommandOption): string {
  const left = `  --${name}${value === undefined ? '' : ` <${value}>`}`;
  const gap = left.length < COLUMN ? left.padEnd(COLUMN) : `${left}  `;
  return `${gap}${about}${usual === undefined ? '' : ` (default ${usual})`}`;
}
