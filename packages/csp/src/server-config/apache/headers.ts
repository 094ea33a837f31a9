import { isSecurityHeader, type SecurityHeader } from '../headers.js';
import { textOf, type Value } from '../value.js';
import { valueOf, wordText } from './line.js';
import type { Directive } from './parse.js';

/** mod_headers keeps two tables: `always` is sent with every answer, `onsuccess` with those that succeed, beside it. */
export type TableName = 'always' | 'onsuccess';

/** A `Header` directive about a security header. */
export interface Operation {
  readonly table: TableName;
  readonly action: string;
  readonly header: SecurityHeader;
  readonly value: Value;
  /** Whether it depends on something: `env=`, `expr=`. */
  readonly conditional: boolean;
  readonly directive: Directive;
  /** Whether Apache would take it. */
  readonly taken: boolean;
}

const CONDITION = /^(?:env|expr)=|^early$/iu;
const ACTIONS = new Set(['set', 'append', 'merge', 'add', 'unset', 'setifempty', 'edit', 'edit*', 'echo', 'note']);

/** Words behind the header's name that are its value, by the action. */
const VALUES: Readonly<Record<string, number>> = { unset: 0, echo: 0, edit: 2, 'edit*': 2 };

/** `Header [table] action name [value …] [condition]`, as texts, with the place of the value among the words. */
function partsOf({ line }: Directive) {
  const texts = line.words.map((word) => wordText(line, word));
  const isTable = /^(?:always|onsuccess)$/iu.test(texts[1] ?? '');
  const at = isTable ? 2 : 1;
  const [action = '', name = '', ...rest] = texts.slice(at);
  const table: TableName = texts[1]?.toLowerCase() === 'always' ? 'always' : 'onsuccess';
  return { table, action: action.toLowerCase(), header: name.toLowerCase().replace(/:$/u, ''), rest, at: at + 2 };
}

/** What a `Header` directive does; `undefined` where it is about another header, or is none. */
export function operationOf(directive: Directive): Operation | undefined {
  if (directive.name !== 'header') return undefined;
  const { table, action, header, rest, at } = partsOf(directive);
  if (!ACTIONS.has(action) || !isSecurityHeader(header)) return undefined;
  const count = VALUES[action] ?? 1;
  const conditions = rest.slice(count);
  const word = count === 1 ? directive.line.words[at] : undefined;
  const value = word === undefined ? [] : valueOf(directive.line, word);
  const taken = conditions.length <= 1 && conditions.every((each) => CONDITION.test(each));
  return { table, action, header, value, conditional: conditions.length > 0, directive, taken };
}

/** A header of a table. */
export interface Entry {
  readonly value: Value;
  /** The directive that set it last. */
  readonly directive: Directive;
  readonly conditional: boolean;
}

export type Table = ReadonlyMap<SecurityHeader, readonly Entry[]>;
export type Tables = Readonly<Record<TableName, Table>>;

export const NO_TABLES: Tables = { always: new Map(), onsuccess: new Map() };

/** Headers of one name; a person sets one. */
const MOST = 20;

/** `a, b`, as one header. */
function joined(before: Entry, own: Entry): Entry {
  const [first] = own.value;
  const comma = first === undefined ? [] : [{ ...first, text: ', ', unknown: false }];
  return { ...before, value: [...before.value, ...comma, ...own.value] };
}

function after(entries: readonly Entry[], { action, value, directive, conditional }: Operation): readonly Entry[] {
  const own: Entry = { value, directive, conditional };
  const kept = conditional ? entries : [];
  const last = entries.at(-1);
  switch (action) {
    case 'unset':
      return kept;
    case 'set':
      return [...kept, own];
    case 'setifempty':
      return entries.length > 0 ? entries : [own];
    case 'add':
      return [...entries, own].slice(0, MOST);
    case 'append':
    case 'merge':
      if (last === undefined) return [own];
      return textOf(last.value).length > 16_384 ? entries : [...entries.slice(0, -1), joined(last, own)];
    default:
      return entries;
  }
}

/** The tables after some operations, in their order. */
export function tablesAfter(tables: Tables, operations: readonly Operation[]): Tables {
  const both = { always: new Map(tables.always), onsuccess: new Map(tables.onsuccess) };
  for (const operation of operations) {
    const table = both[operation.table];
    if (operation.taken)
      table.set(operation.header, after(table.get(operation.header) ?? [], operation).slice(0, MOST));
  }
  return both;
}
