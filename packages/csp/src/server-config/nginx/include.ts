import { isGlob } from '../glob.js';
import type { ConfigText, IncludeReader } from '../source.js';
import { parseNginx, type Directive, type Parsed, type Problem } from './parse.js';

/** A configuration with what it includes. */
export interface Config {
  readonly directives: readonly Directive[];
  readonly problems: readonly Problem[];
  /** `include`s that could not be followed, and why. */
  readonly unseen: readonly Unseen[];
}

export interface Unseen {
  readonly directive: Directive;
  readonly why: 'missing' | 'cycle' | 'too-much';
}

/** Files that come with nginx and set no headers; few people keep them beside their own. */
const SHIPPED =
  /(?:^|\/)(?:mime\.types|fastcgi\.conf|koi-utf|koi-win|win-utf|(?:fastcgi|proxy|scgi|uwsgi)_params|modules-enabled\/\*\.conf)$/u;

/** Whether it names one of those. */
export const isShipped = ({ words }: Directive): boolean => SHIPPED.test(words[1]?.text ?? '');

/** Files within files, files in all, and letters in all. nginx itself does not bound them. */
const DEEPEST = 8;
const MOST_FILES = 500;
const MOST_LETTERS = 4_000_000;
const MOST_LOOKUPS = 1000;

/** Follows includes while it counts what was read. */
class Includer {
  readonly #read: IncludeReader;
  readonly problems: Problem[] = [];
  readonly unseen: Unseen[] = [];
  #files = 0;
  #letters = 0;
  #lookups = 0;

  constructor(read: IncludeReader) {
    this.#read = read;
  }

  expand(directives: readonly Directive[], within: readonly string[], via?: Directive): readonly Directive[] {
    return directives.flatMap((directive): readonly Directive[] => {
      const own = via === undefined ? directive : { ...directive, via };
      if (directive.name === 'include') return this.#include(directive, within, via ?? directive);
      return [directive.block === undefined ? own : { ...own, block: this.expand(directive.block, within) }];
    });
  }

  #include(directive: Directive, within: readonly string[], via: Directive): readonly Directive[] {
    const path = directive.words[1]?.text ?? '';
    this.#lookups += 1;
    const isTooMuch = this.#lookups > MOST_LOOKUPS || within.length > DEEPEST;
    if (isTooMuch) return this.#miss(directive, 'too-much');
    const texts = this.#read(path);
    if (texts.length === 0 && !isGlob(path)) return this.#miss(directive, 'missing');
    return texts.flatMap((text) => this.#file(text, directive, { within, via }));
  }

  #file(
    text: ConfigText,
    directive: Directive,
    { within, via }: { readonly within: readonly string[]; readonly via: Directive },
  ): readonly Directive[] {
    if (within.includes(text.name)) return this.#miss(directive, 'cycle');
    this.#files += 1;
    this.#letters += text.text.length;
    if (this.#files > MOST_FILES || this.#letters > MOST_LETTERS) return this.#miss(directive, 'too-much');
    const parsed = parseNginx(text);
    if (parsed.problem !== undefined) this.problems.push(parsed.problem);
    return this.expand(parsed.directives, [...within, text.name], via);
  }

  #miss(directive: Directive, why: Unseen['why']): readonly Directive[] {
    this.unseen.push({ directive, why });
    // It stays, so that its level is known to have more than is here.
    return [directive];
  }
}

/** Puts in the place of each `include` what it names. Bounded in depth, files and letters; a file never includes itself. */
export function withIncludes({ file, directives, problem }: Parsed, read: IncludeReader): Config {
  const includer = new Includer(read);
  const expanded = includer.expand(directives, [file.name]);
  const problems = problem === undefined ? includer.problems : [problem, ...includer.problems];
  return { directives: expanded, problems, unseen: includer.unseen };
}
