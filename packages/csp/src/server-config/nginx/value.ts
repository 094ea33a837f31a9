import { stand, textOf, type Piece, type Value } from '../value.js';
import type { Directive } from './parse.js';
import type { Token } from './token.js';

/** A word, and the directive that it is of. */
export interface Written {
  readonly word: Token;
  readonly directive: Directive;
}

/** What a variable may be: the values that the configuration gives it; none where it gives none. */
export type Variables = (name: string) => readonly Value[];

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/gu;
/** Longer ones are not put together: headers of 8 KiB are refused on the way. */
const LONGEST = 16_384;
const MOST_PIECES = 100;

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
    const here = { word, file: directive.file, from: index };
    pieces.push({ ...here, from: at, text: word.text.slice(at, index), unknown: false });
    const known = onlyValue(variables, name);
    if (known === undefined || pieces.length + known.length > MOST_PIECES) pieces.push(stand(name, here));
    else pieces.push(...known);
    at = index + written.length;
    if (pieces.length > MOST_PIECES) break;
  }
  pieces.push({ word, file: directive.file, from: at, text: word.text.slice(at), unknown: false });
  const value = pieces.filter(({ text }) => text !== '');
  return textOf(value).length <= LONGEST ? value : [stand('', { word, file: directive.file, from: 0 })];
}

/** All values that a word may have: where it is a variable by itself, each of that variable's. */
export function valuesOf(written: Written, variables: Variables): readonly Value[] {
  const [whole, braced, plain = ''] = /^\$(?:\{(\w+)\}|(\w+))$/u.exec(written.word.text) ?? [];
  const known = whole === undefined ? [] : variables(braced ?? plain);
  return known.length > 0 ? known : [valueOf(written, variables)];
}

/** What a variable is that got no value. */
const UNSET: Value = [];

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
function readSets(directives: readonly Directive[], known: Known, conditional: boolean): void {
  const own: Known = new Map();
  for (const directive of directives) {
    const [, variable, word] = directive.words;
    if (directive.name !== 'set' || variable === undefined || word === undefined) continue;
    const value = valueOf({ word, directive }, (name) => own.get(name) ?? known.get(name) ?? []);
    own.set(nameIn(variable), [value]);
  }
  for (const [name, values] of own) remember(known, name, conditional ? [...values, UNSET] : values);
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
  const hasDefault = block.some(({ name }) => name === 'default');
  if (variable !== undefined) remember(known, nameIn(variable), hasDefault ? values : [...values, UNSET]);
}

/** Blocks in which variables are set, or that hold such. */
const BLOCKS = new Set(['http', 'server', 'location', 'if']);

/** Every variable that `set` and `map` give a value, with each value that they may give it. Conditions are not judged. */
export function variablesOf(directives: readonly Directive[]): Variables {
  const known: Known = new Map();
  const walk = (block: readonly Directive[], conditional: boolean): void => {
    for (const directive of block) if (directive.name === 'map') readMap(directive, known);
    readSets(block, known, conditional);
    for (const { name, block: inner } of block) if (inner !== undefined && BLOCKS.has(name)) walk(inner, name === 'if');
  };
  walk(directives, false);
  return (name) => known.get(name) ?? [];
}
