import type { SourceFile } from './source.js';
import { offsetIn, type WordPlace } from './word.js';

/** Letters of a value that stand in one word, from a letter of it on. */
export interface Piece {
  readonly text: string;
  readonly file: SourceFile;
  readonly word: WordPlace;
  /** In the word's text. */
  readonly from: number;
  /** What stands for a variable whose value is not known. */
  readonly unknown: boolean;
}

/** A value as far as it is known, and where each part of it stands. */
export type Value = readonly Piece[];

/** Stands for what is not known: as a host, a nonce or a path it is nothing that lint objects to by itself. */
const STAND_IN = 'x';

export const textOf = (value: Value): string => value.map(({ text }) => text).join('');

/** A piece that is not known, under the name that is written for it. */
export const stand = (name: string, piece: Omit<Piece, 'text' | 'unknown'>): Piece => ({
  ...piece,
  text: STAND_IN.repeat(Math.max(1, Math.min(name.length, 40))),
  unknown: true,
});

/** Letters of a file. */
interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Where letters of a value stand: up to the end of the word that they begin in. */
export function spanOf(value: Value, start: number, end: number): Span | undefined {
  let offset = 0;
  for (const piece of value) {
    const { text, word, file, from, unknown } = piece;
    if (start < offset + text.length || piece === value.at(-1)) {
      const last = Math.min(end, offset + text.length) - offset;
      const at = (index: number): number => offsetIn(file.text, word, from + (unknown ? 0 : index));
      return { file, start: at(start - offset), end: unknown ? word.end : at(last) };
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
