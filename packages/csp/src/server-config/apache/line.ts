import type { SourceFile } from '../source.js';
import { stand, type Piece, type Value } from '../value.js';

/** A word of a line, in the file with its quotes. */
export interface LineWord {
  readonly start: number;
  readonly end: number;
  /** Letters of the quote that it begins with. */
  readonly quote: 0 | 1;
}

/** A line, with those that a backslash at its end joins to it. */
export interface Line {
  readonly file: SourceFile;
  readonly words: readonly LineWord[];
  readonly start: number;
  readonly end: number;
}

const SPACE = new Set([' ', '\t', '\r', '\f', '\v']);

/** How many letters a backslash and a line break behind it take. */
function joint(text: string, at: number): number {
  if (text.charAt(at) !== '\\') return 0;
  if (text.charAt(at + 1) === '\n') return 2;
  return text.startsWith('\r\n', at + 1) ? 3 : 0;
}

/** The end of the line that begins here, without its break. */
function lineEnd(text: string, from: number): number {
  let at = text.indexOf('\n', from);
  while (at > from && (text.charAt(at - 1) === '\\' || text.startsWith('\\\r', at - 2)))
    at = text.indexOf('\n', at + 1);
  return at < 0 ? text.length : at;
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const joined = joint(text, at);
    if (joined === 0 && !SPACE.has(text.charAt(at))) return at;
    at += Math.max(1, joined);
  }
  return end;
}

function bareEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !SPACE.has(text.charAt(at)) && joint(text, at) === 0) at += 1;
  return at;
}

function quoteEnd(text: string, start: number, end: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < end && text.charAt(at) !== quote) {
    const next = text.charAt(at + 1);
    at += text.charAt(at) === '\\' && (next === quote || next === '\\') ? 2 : 1;
  }
  return Math.min(at + 1, end);
}

/** A word as `ap_getword_conf` reads it: a quote that is never closed goes to the end of the line. */
function wordAt(text: string, start: number, end: number): LineWord {
  const isQuoted = text.charAt(start) === '"' || text.charAt(start) === "'";
  return isQuoted
    ? { start, end: quoteEnd(text, start, end), quote: 1 }
    : { start, end: bareEnd(text, start, end), quote: 0 };
}

function wordsIn(text: string, from: number, end: number): readonly LineWord[] {
  const words: LineWord[] = [];
  for (let at = skipSpace(text, from, end); at < end; at = skipSpace(text, at, end)) {
    const word = wordAt(text, at, end);
    words.push(word);
    at = word.end;
  }
  return words;
}

/** The lines of a file that are neither empty nor comments. Each letter is looked at once. */
export function linesOf(file: SourceFile): readonly Line[] {
  const { text } = file;
  const lines: Line[] = [];
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const start = skipSpace(text, at, end);
    if (start < end && text.charAt(start) !== '#') {
      const words = wordsIn(text, start, end);
      lines.push({ file, words, start, end: words.at(-1)?.end ?? end });
    }
    at = end + 1;
  }
  return lines;
}

/** A word without its quotes; the one at the end may be missing. */
function inside(text: string, { start, end, quote }: LineWord): string {
  const isClosed = quote === 1 && end > start + 1 && text.charAt(end - 1) === text.charAt(start);
  return text.slice(start + quote, isClosed ? end - 1 : end);
}

/** What stands in a word: letters as they are, escapes, and what Apache fills in. */
const PART = /\\\r?\n|\\["'\\]|%%|%\{[^}]{0,200}\}[a-z]|%[a-z]|\$\{[^}]{0,200}\}|[^$%\\]+|[$%\\]/giu;
const FILLED = /^(?:%[^%]|\$\{)./su;

/** The value of a word: a format of mod_headers, in which `%{…}e` and `${…}` are not known here. */
export function valueOf({ file }: Line, { start, end, quote }: LineWord): Value {
  const written = inside(file.text, { start, end, quote });
  if (written.startsWith('expr=')) return [stand('', { file, word: { start, end, quote: 0 }, from: 0 })];
  return [...written.matchAll(PART)].flatMap(({ 0: part, index }): readonly Piece[] => {
    const at = start + quote + index;
    const piece = { file, word: { start: at, end: at + part.length, quote: 0 }, from: 0 } as const;
    if (/^\\\r?\n$/u.test(part)) return [];
    if (FILLED.test(part) || /^%[a-z]$/iu.test(part)) return [stand(part, piece)];
    const text = /^\\["'\\]$/u.test(part) || part === '%%' ? part.slice(1) : part;
    return [{ ...piece, text, unknown: false }];
  });
}

/** The text of a word, with nothing filled in. */
export const wordText = ({ file: { text } }: Line, word: LineWord | undefined): string =>
  word === undefined ? '' : inside(text, word).replace(/\\(?:\r?\n|(["'\\]))/gu, '$1');
