import type { Directive } from './parse.js';
import { offsetIn, type Token } from './token.js';

/** Letters of a value that stand in one word, from a letter of it on. */
interface Piece {
  readonly text: string;
  readonly word: Token;
  readonly directive: Directive;
  /** In the word's text. */
  readonly from: number;
  /** What stands for a variable whose value is not known. */
  readonly unknown: boolean;
}

/** A value as far as it is known, and where each part of it stands. */
export type Value = readonly Piece[];

/** A word, and the directive that it is of. */
export interface Written {
  readonly word: Token;
  readonly directive: Directive;
}

/** What a variable may be: the values that the configuration gives it; none where it gives none. */
export type Variables = (name: string) => readonly Value[];

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/gu;
/** Stands for what is not known: as a host, a nonce or a path it is nothing that lint objects to by itself. */
const STAND_IN = 'x';
/** Longer ones are not put together: headers of 8 KiB are refused on the way. */
const LONGEST = 16_384;
const MOST_PIECES = 100;

export const textOf = (value: Value): string => value.map(({ text }) => text).join('');

const stand = (name: string, piece: Omit<Piece, 'text' | 'unknown'>): Piece => ({
  ...piece,
  text: STAND_IN.repeat(Math.min(name.length, 40)),
  unknown: true,
});

/** What a variable is where only one value is possible. */
const onlyValue = (variables: Variables, name: string): Value | undefined => {
  const values = variables(name);
  return values.length === 1 ? values[0] : undefined;
};

/** A word's value: variables with one possible value are put in. */
export function valueOf({ word, directive }: Written, variables: Variables): Value {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: written, 1: braced, 2: plain = '', index } of word.text.matchAll(VARIABLE)) {
    const name = braced ?? plain;
    const here = { word, directive, from: index };
    pieces.push({ ...here, from: at, text: word.text.slice(at, index), unknown: false });
    const known = onlyValue(variables, name);
    if (known === undefined || pieces.length + known.length > MOST_PIECES) pieces.push(stand(name, here));
    else pieces.push(...known);
    at = index + written.length;
    if (pieces.length > MOST_PIECES) break;
  }
  pieces.push({ word, directive, from: at, text: word.text.slice(at), unknown: false });
  const value = pieces.filter(({ text }) => text !== '');
  return textOf(value).length <= LONGEST ? value : [stand(STAND_IN, { word, directive, from: 0 })];
}

/** All values that a word may have: where it is a variable by itself, each of that variable's. */
export function valuesOf(written: Written, variables: Variables): readonly Value[] {
  const [whole, braced, plain = ''] = /^\$(?:\{(\w+)\}|(\w+))$/u.exec(written.word.text) ?? [];
  const known = whole === undefined ? [] : variables(braced ?? plain);
  return known.length > 0 ? known : [valueOf(written, variables)];
}

type Known = Map<string, readonly Value[]>;

/** Values of one variable, and variables. A person writes ten. */
const MOST_VALUES = 50;
const MOST_VARIABLES = 500;

function remember(known: Known, name: string, values: readonly Value[]): void {
  const before = known.get(name) ?? [];
  if (before.length < MOST_VALUES && (before.length > 0 || known.size < MOST_VARIABLES))
    known.set(name, [...before, ...values].slice(0, MOST_VALUES));
}

const nameIn = ({ text }: Token): string => text.replace(/^\$/u, '');

/** Of the `set`s of one block the last counts, and may have what was set before in itself. */
function readSets(directives: readonly Directive[], known: Known): void {
  const own: Known = new Map();
  for (const directive of directives) {
    const [, variable, word] = directive.words;
    if (directive.name !== 'set' || variable === undefined || word === undefined) continue;
    const value = valueOf({ word, directive }, (name) => own.get(name) ?? known.get(name) ?? []);
    own.set(nameIn(variable), [value]);
  }
  for (const [name, values] of own) remember(known, name, values);
}

/** Words of a `map` that are no entries. */
const MAP_WORDS = new Set(['hostnames', 'volatile', 'include']);

function readMap({ words, block = [] }: Directive, known: Known): void {
  const [, , variable] = words;
  const values = block.slice(0, MOST_VALUES).flatMap((directive): readonly Value[] => {
    const [key, word] = directive.words;
    if (key === undefined || word === undefined || MAP_WORDS.has(key.text)) return [];
    return [valueOf({ word, directive }, (name) => known.get(name) ?? [])];
  });
  if (variable !== undefined) remember(known, nameIn(variable), values);
}

/** Blocks in which variables are set, or that hold such. */
const BLOCKS = new Set(['http', 'server', 'location', 'if']);

/** Every variable that `set` and `map` give a value, with each value that they may give it. Conditions are not judged. */
export function variablesOf(directives: readonly Directive[]): Variables {
  const known: Known = new Map();
  const walk = (block: readonly Directive[]): void => {
    for (const directive of block) if (directive.name === 'map') readMap(directive, known);
    readSets(block, known);
    for (const { name, block: inner } of block) if (inner !== undefined && BLOCKS.has(name)) walk(inner);
  };
  walk(directives);
  return (name) => known.get(name) ?? [];
}

/** Where letters of a value stand: up to the end of the word that they begin in. */
export function spanOf(
  value: Value,
  start: number,
  end: number,
): (Written & { readonly start: number; readonly end: number }) | undefined {
  let offset = 0;
  for (const piece of value) {
    const { text, word, directive, from, unknown } = piece;
    if (start < offset + text.length || piece === value.at(-1)) {
      const last = Math.min(end, offset + text.length) - offset;
      const at = (index: number): number => offsetIn(directive.file.text, word, from + (unknown ? 0 : index));
      return { word, directive, start: at(start - offset), end: unknown ? word.end : at(last) };
    }
    offset += text.length;
  }
  return undefined;
}

/** Whether letters of a value hold some that are not known. */
export function holdsUnknown(value: Value, start: number, end: number): boolean {
  let offset = 0;
  return value.some(({ text, unknown }) => {
    const first = offset;
    offset += text.length;
    return unknown && first < end && offset > start;
  });
}

/** Whether what is not known could be directives of its own, and not part of a word only. */
export function isOpenEnded(value: Value): boolean {
  const text = textOf(value);
  let offset = 0;
  return value.some((piece) => {
    const before = text.charAt(offset - 1);
    offset += piece.text.length;
    return piece.unknown && /^[\s;]?$/u.test(before) && /^[\s;]?$/u.test(text.charAt(offset));
  });
}
