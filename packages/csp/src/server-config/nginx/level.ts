import { isSecurityHeader, type SecurityHeader } from '../headers.js';
import type { Directive } from './parse.js';
import type { Token } from './token.js';

/** An `add_header` of a security header. */
export interface SetHeader {
  readonly header: SecurityHeader;
  /** `undefined` where nginx would not take the directive. */
  readonly value: Token | undefined;
  readonly always: boolean;
  readonly directive: Directive;
}

/** How headers of the level around come in (nginx 1.29.3): `on` where there is no `add_header` here, `merge` always, `off` never. */
export type Inheritance = 'on' | 'off' | 'merge';

/** A level of configuration (`http`, `server`, `location`, `if`), or a file by itself. */
export interface Level {
  readonly kind: 'file' | 'http' | 'server' | 'location' | 'if';
  /** `server shop.example > location /checkout/`. */
  readonly name: string;
  /** `undefined` for the file. */
  readonly directive: Directive | undefined;
  readonly parent: Level | undefined;
  /** What stands in it, without what stands in blocks. */
  readonly directives: readonly Directive[];
  /** All `add_header` of this level: one of whatever name is enough to inherit nothing. */
  readonly adds: readonly Directive[];
  /** Those of security headers. */
  readonly own: readonly SetHeader[];
  readonly inheritance: Inheritance;
  /** Security headers that an answer of this level has. */
  readonly effective: readonly SetHeader[];
}

const MOST_LEVELS = 2000;
/** Security headers of one level, and of one answer; a person sets ten. */
const MOST_HEADERS = 20;
const LONGEST_NAME = 60;

const KINDS: Readonly<Record<string, Level['kind']>> = {
  http: 'http',
  server: 'server',
  location: 'location',
  if: 'if',
};

/** Words of a directive as they stand in the file, but for its name. */
const argumentsOf = ({ words, file }: Directive): string => {
  const [first, last] = [words[1], words.at(-1)];
  if (first === undefined || last === undefined) return '';
  const text = file.text.slice(first.start, last.end).replace(/\s+/gu, ' ');
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`;
};

function ownName(directive: Directive): string {
  if (directive.name !== 'server') return `${directive.name} ${argumentsOf(directive)}`.trim();
  const names = directive.block?.find(({ name }) => name === 'server_name');
  return names === undefined ? 'server' : `server ${argumentsOf(names)}`;
}

function fullName(directive: Directive | undefined, parent: Level | undefined): string {
  if (directive === undefined) return 'the file';
  const isOutermost = parent === undefined || parent.kind === 'file' || parent.kind === 'http';
  return isOutermost ? ownName(directive) : `${parent.name} > ${ownName(directive)}`;
}

function setHeader(directive: Directive): readonly SetHeader[] {
  const [, name, value, third, ...rest] = directive.words;
  const header = name?.text.toLowerCase() ?? '';
  if (!isSecurityHeader(header)) return [];
  const isTaken = rest.length === 0 && (third === undefined || third.text === 'always');
  return [{ header, value: isTaken ? value : undefined, always: third?.text === 'always', directive }];
}

const asInheritance = (word: string | undefined): Inheritance | undefined =>
  word === 'on' || word === 'off' || word === 'merge' ? word : undefined;

function inherited(
  { adds, own, inheritance }: Pick<Level, 'adds' | 'own' | 'inheritance'>,
  parent: Level | undefined,
): readonly SetHeader[] {
  const above = parent?.effective ?? [];
  if (inheritance === 'merge') return [...own, ...above].slice(0, MOST_HEADERS);
  return adds.length > 0 || inheritance === 'off' ? own : above;
}

function levelOf(directive: Directive | undefined, directives: readonly Directive[], parent: Level | undefined): Level {
  const adds = directives.filter(({ name }) => name === 'add_header');
  const own = adds.flatMap(setHeader).slice(0, MOST_HEADERS);
  const told = directives.findLast(({ name }) => name === 'add_header_inherit')?.words[1]?.text;
  const inheritance = asInheritance(told) ?? parent?.inheritance ?? 'on';
  const effective = inherited({ adds, own, inheritance }, parent);
  const kind = KINDS[directive?.name ?? ''] ?? 'file';
  return { kind, name: fullName(directive, parent), directive, parent, directives, adds, own, inheritance, effective };
}

/** An `if` of a server decides nothing about headers: nginx takes no `add_header` in it. */
const isLevel = ({ name, block }: Directive, { kind }: Level): boolean =>
  block !== undefined && Object.hasOwn(KINDS, name) && !(name === 'if' && kind === 'server');

/**
 * The levels of a configuration, the outer before the inner, each with the headers that hold there: those of the level around if it has no
 * `add_header` of its own (ngx_http_headers_module).
 */
export function levelsOf(directives: readonly Directive[]): readonly Level[] {
  const levels: Level[] = [];
  const walk = (level: Level): void => {
    levels.push(level);
    for (const directive of level.directives)
      if (isLevel(directive, level) && levels.length < MOST_LEVELS)
        walk(levelOf(directive, directive.block ?? [], level));
  };
  walk(levelOf(undefined, directives, undefined));
  return levels;
}
