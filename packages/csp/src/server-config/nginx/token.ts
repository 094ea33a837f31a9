import { unescaped } from '../word.js';
import type { ProblemCode } from './problem.js';

/** A word, or a letter that ends a directive or a block. Between two tokens stand white space and comments only. */
export interface Token {
  readonly kind: 'word' | ';' | '{' | '}';
  readonly start: number;
  /** Behind the last letter, a closing quote among them. */
  readonly end: number;
  /** What nginx makes of a word: without its quotes, with its escapes read. */
  readonly text: string;
  /** Letters of the quote that it begins with. */
  readonly quote: 0 | 1;
}

/** A text that nginx would not read, and where it stops. */
export interface Stop {
  readonly kind: 'stop';
  readonly code: ProblemCode;
  readonly start: number;
}

const SPACE = new Set([' ', '\t', '\r', '\n']);
/** The first letter that is neither white space nor part of a comment. */
function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text.charAt(at) === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end + 1;
    } else if (SPACE.has(text.charAt(at))) at += 1;
    else break;
  }
  return at;
}

/** In a word that begins without a quote, quotes are letters, and `${` is no block. */
function bareWord(text: string, start: number): Token | Stop {
  let at = start;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (SPACE.has(letter) || letter === ';' || letter === '{')
      return { kind: 'word', start, end: at, text: unescaped(text.slice(start, at)), quote: 0 };
    at += letter === '\\' ? 2 : 1;
    while (letter === '$' && text.charAt(at) === '{') at += 1;
  }
  return { kind: 'stop', code: 'unfinished-directive', start };
}

const isAfterQuote = (letter: string): boolean =>
  SPACE.has(letter) || letter === ';' || letter === '{' || letter === ')';

function quotedWord(text: string, start: number): Token | Stop {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === '\\' ? 2 : 1;
  if (at >= text.length) return { kind: 'stop', code: 'unclosed-quote', start };
  const end = at + 1;
  if (end === text.length) return { kind: 'stop', code: 'unfinished-directive', start };
  if (!isAfterQuote(text.charAt(end))) return { kind: 'stop', code: 'after-quote', start: end };
  return { kind: 'word', start, end, text: unescaped(text.slice(start + 1, at)), quote: 1 };
}

/**
 * The next token from an offset on, as `ngx_conf_read_token` reads it; `undefined` at the end of the text. Each letter is looked at once.
 */
export function nextToken(text: string, from: number): Token | Stop | undefined {
  const start = skipBlank(text, from);
  if (start >= text.length) return undefined;
  const letter = text.charAt(start);
  if (letter === ';' || letter === '{' || letter === '}')
    return { kind: letter, start, end: start + 1, text: letter, quote: 0 };
  return letter === '"' || letter === "'" ? quotedWord(text, start) : bareWord(text, start);
}
