import type { Command, CommandOption } from './command.js';

const COLUMN = 24;
const NAMES = 19;

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  return [
    'Secure input fields that the page around them cannot read.',
    '',
    'Usage: cloister <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(NAMES)}${summary}`),
    '',
    'cloister <command> --help explains its options.',
  ].join('\n');
}

const wordOf = ({ name, optional }: NonNullable<Command['operand']>): string =>
  optional === true ? `[${name}]` : `<${name}>`;

/** The options of one command. */
export function commandHelp({ name, summary, operand, options }: Command): string {
  return [
    `cloister ${name}: ${summary}`,
    '',
    `Usage: cloister ${name} ${operand === undefined ? '' : `${wordOf(operand)} `}[options]`,
    '',
    ...(operand === undefined ? [] : [`${`  ${wordOf(operand)}`.padEnd(COLUMN)}${operand.about}`]),
    ...Object.entries(options).map(([option, about]) => optionLine(option, about)),
    optionLine('help', { type: 'boolean', about: 'show this' }),
  ].join('\n');
}

function optionLine(name: string, { value, about, default: usual }: CommandOption): string {
  const left = `  --${name}${value === undefined ? '' : ` <${value}>`}`;
  const gap = left.length < COLUMN ? left.padEnd(COLUMN) : `${left}  `;
  return `${gap}${about}${usual === undefined ? '' : ` (default ${usual})`}`;
}
