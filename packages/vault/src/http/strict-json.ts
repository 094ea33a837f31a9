/** Deepest nesting of objects and lists. The contracts need 4. */
const MAX_DEPTH = 8;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Half of a surrogate pair cannot be written as UTF-8 and comes back changed. */
const isWellFormed = (text: string): boolean => Buffer.from(text, 'utf8').toString('utf8') === text;

const FORBIDDEN_KEYS: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

/** What the scan is inside of: the keys of an object so far, or a list. */
type Container = Set<string> | 'list';

/**
 * Looks for what `JSON.parse` lets through: keys that come twice (two readers may disagree about which counts), keys that
 * name prototypes, lone surrogates, deep nesting (A85).
 *
 * Invariant: only ever sees text that `JSON.parse` accepted, so every string ends and every bracket closes.
 */
class Scan {
  readonly #text: string;
  readonly #open: Container[] = [];
  #at = 0;
  #expectsKey = false;

  constructor(text: string) {
    this.#text = text;
  }

  isClean(): boolean {
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        if (!this.#string()) return false;
        continue;
      }
      this.#at += 1;
      if (!this.#punctuation(character)) return false;
    }
    return true;
  }

  #punctuation(character: string): boolean {
    switch (character) {
      case '{':
        return this.#enter(new Set());
      case '[':
        return this.#enter('list');
      case '}':
      case ']':
        this.#open.pop();
        this.#expectsKey = false;
        return true;
      case ',':
        this.#expectsKey = this.#open.at(-1) !== 'list';
        return true;
      default:
        return true;
    }
  }

  #enter(container: Container): boolean {
    this.#open.push(container);
    this.#expectsKey = container !== 'list';
    return this.#open.length <= MAX_DEPTH;
  }

  #string(): boolean {
    const start = this.#at;
    this.#at += 1;
    while (this.#text.charAt(this.#at) !== '"') this.#at += this.#text.charAt(this.#at) === '\\' ? 2 : 1;
    this.#at += 1;
    const content: unknown = JSON.parse(this.#text.slice(start, this.#at));
    if (typeof content !== 'string' || !isWellFormed(content)) return false;
    return this.#expectsKey ? this.#key(content) : true;
  }

  #key(key: string): boolean {
    this.#expectsKey = false;
    const keys = this.#open.at(-1);
    if (!(keys instanceof Set) || keys.has(key) || FORBIDDEN_KEYS.has(key)) return false;
    keys.add(key);
    return true;
  }
}

/** A parsed JSON text, or that it is not acceptable. */
export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Reads JSON (RFC 8259) that means the same to every reader; total. */
export function parseStrictJson(bytes: Uint8Array): ParsedJson {
  try {
    const text = UTF8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return new Scan(text).isClean() ? { ok: true, value } : { ok: false };
  } catch {
    return { ok: false };
  }
}
