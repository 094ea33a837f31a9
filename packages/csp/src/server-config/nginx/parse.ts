import { sourceFile, type ConfigText, type SourceFile } from '../source.js';
import { isLuaBlock, luaEnd } from './lua.js';
import type { ProblemCode } from './problem.js';
import { nextToken, type Token } from './token.js';

/** A directive with its words, and with what stands in its block. */
export interface Directive {
  readonly name: string;
  /** The first is its name. */
  readonly words: readonly Token[];
  readonly file: SourceFile;
  /** Of its name. */
  readonly start: number;
  /** Behind its `;`, or behind the brace that closes its block. */
  readonly end: number;
  /** `undefined` where it has none; empty for a block of Lua. */
  readonly block: readonly Directive[] | undefined;
  /** The `include` that brought it, in the file that was asked for first; `undefined` where it stands there itself. */
  readonly via?: Directive | undefined;
}

/** Where a text stops being a configuration. */
export interface Problem {
  readonly code: ProblemCode;
  readonly file: SourceFile;
  readonly start: number;
}

/** What could be read, up to the problem where there is one. */
export interface Parsed {
  readonly file: SourceFile;
  readonly directives: readonly Directive[];
  readonly problem: Problem | undefined;
}

/** Blocks within blocks; configurations have six or so. */
const DEEPEST = 32;

interface Open {
  readonly head: readonly Token[];
  readonly directives: Directive[];
}

/** Reads tokens one by one and keeps the blocks that are open. */
class Parser {
  readonly #file: SourceFile;
  readonly #open: Open[] = [{ head: [], directives: [] }];
  #words: Token[] = [];
  #at = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  parse(): Parsed {
    const { text } = this.#file;
    for (let token = nextToken(text, 0); token !== undefined; token = nextToken(text, this.#at)) {
      const problem = token.kind === 'stop' ? this.#stop(token.code, token.start) : this.#take(token);
      if (problem !== undefined) return this.#finish(problem);
    }
    return this.#finish(this.#problemAtEnd());
  }

  #take(token: Token): Problem | undefined {
    this.#at = token.end;
    if (token.kind === 'word') {
      this.#words.push(token);
      return undefined;
    }
    if (token.kind === '}') return this.#close(token);
    if (this.#words.length === 0) return this.#stop('stray-mark', token.start);
    if (token.kind === '{') return this.#openBlock(token);
    this.#add(this.#words, token.end, undefined);
    return undefined;
  }

  #openBlock({ end, start }: Token): Problem | undefined {
    if (isLuaBlock(this.#words[0]?.text ?? '')) {
      const close = luaEnd(this.#file.text, end);
      if (close === undefined) return this.#stop('unclosed-lua', start);
      this.#at = close + 1;
      this.#add(this.#words, this.#at, []);
      return undefined;
    }
    if (this.#open.length > DEEPEST) return this.#stop('too-deep', start);
    this.#open.push({ head: this.#words, directives: [] });
    this.#words = [];
    return undefined;
  }

  #close({ start, end }: Token): Problem | undefined {
    if (this.#words.length > 0 || this.#open.length === 1) return this.#stop('stray-brace', start);
    const block = this.#open.pop();
    this.#add(block?.head ?? [], end, block?.directives ?? []);
    return undefined;
  }

  #add(words: readonly Token[], end: number, block: readonly Directive[] | undefined): void {
    const { text: name = '', start = 0 } = words[0] ?? {};
    this.#open.at(-1)?.directives.push({ name, words, file: this.#file, start, end, block });
    this.#words = [];
  }

  #problemAtEnd(): Problem | undefined {
    const [word] = this.#words;
    if (word !== undefined) return this.#stop('unfinished-directive', word.start);
    const open = this.#open.length > 1 ? this.#open.at(-1) : undefined;
    return open === undefined ? undefined : this.#stop('unclosed-block', open.head[0]?.start ?? 0);
  }

  /** Blocks that are open where the text stops count as far as they were read. */
  #finish(problem: Problem | undefined): Parsed {
    while (this.#open.length > 1) {
      const block = this.#open.pop();
      this.#add(block?.head ?? [], this.#at, block?.directives ?? []);
    }
    return { file: this.#file, directives: this.#open[0]?.directives ?? [], problem };
  }

  #stop(code: ProblemCode, start: number): Problem {
    return { code, file: this.#file, start };
  }
}

/**
 * Reads a configuration file of nginx. Total and linear: what cannot be read is a `problem` with its place, and what stands before it
 * is there. Law: between two tokens stand white space and comments only, so nothing of the text is lost.
 */
export const parseNginx = (text: ConfigText): Parsed => new Parser(sourceFile(text)).parse();
