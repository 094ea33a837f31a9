import { isGlob } from '../glob.js';
import type { ConfigText, IncludeReader } from '../source.js';
import { NO_TABLES, operationOf, tablesAfter, type Operation, type Tables } from './headers.js';
import { wordText } from './line.js';
import { parseApache, type Directive, type Problem } from './parse.js';

/** The server, or a section of it that is about some answers. */
export interface Level {
  /** `VirtualHost *:443 > Location /checkout`. */
  readonly name: string;
  readonly own: readonly Operation[];
  /** What is sent there, after what is set around it. */
  readonly tables: Tables;
  readonly directives: readonly Directive[];
}

/** A configuration, read once for all checks. */
export interface Site {
  readonly levels: readonly Level[];
  readonly problems: readonly Problem[];
  /** `Include`s of files that are not here. */
  readonly unseen: readonly Directive[];
  /** Sections that leave out headers where the module is not there. */
  readonly guarded: readonly Directive[];
}

const MOST_LEVELS = 2000;
const MOST_OPERATIONS = 50;
const MOST_LOOKUPS = 500;
const MOST_LETTERS = 4_000_000;
const DEEPEST_INCLUDE = 8;
const LONGEST_NAME = 60;

/** Sections that say when and not where: what stands in them holds for the level around. */
const TRANSPARENT = new Set(['ifmodule', 'ifdefine', 'ifversion', 'iffile', 'ifdirective', 'ifsection']);

const nameOf = ({ line }: Directive): string => {
  const text = line.file.text
    .slice(line.start + 1, line.end)
    .replace(/\s+/gu, ' ')
    .replace(/>$/u, '')
    .trim();
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`;
};

const argumentOf = ({ line }: Directive): string => wordText(line, line.words[1]).replace(/>$/u, '');

/** Reads a configuration while it counts what was read. */
class Reader {
  readonly #read: IncludeReader;
  readonly levels: Level[] = [];
  readonly problems: Problem[] = [];
  readonly unseen: Directive[] = [];
  readonly guarded: Directive[] = [];
  #lookups = 0;
  #letters = 0;

  constructor(read: IncludeReader) {
    this.#read = read;
  }

  file(text: ConfigText, within: readonly string[]): readonly Directive[] {
    const { directives, problem } = parseApache(text);
    if (problem !== undefined) this.problems.push(problem);
    return this.#flat(directives, [...within, text.name]);
  }

  /** With what is included, and without sections that only say when. */
  #flat(directives: readonly Directive[], within: readonly string[]): readonly Directive[] {
    return directives.flatMap((directive): readonly Directive[] => {
      const { name, section } = directive;
      if (name === 'include' || name === 'includeoptional') return this.#include(directive, within);
      if (section === undefined) return [directive];
      const inner = this.#flat(section, within);
      if (!TRANSPARENT.has(name)) return [{ ...directive, section: inner }];
      if (/headers/iu.test(argumentOf(directive)) && inner.some((each) => operationOf(each) !== undefined))
        this.guarded.push(directive);
      return inner;
    });
  }

  #include(directive: Directive, within: readonly string[]): readonly Directive[] {
    this.#lookups += 1;
    const path = argumentOf(directive);
    const isTooMuch = this.#lookups > MOST_LOOKUPS || within.length > DEEPEST_INCLUDE || this.#letters > MOST_LETTERS;
    const texts = isTooMuch ? [] : this.#read(path).filter(({ name }) => !within.includes(name));
    if (texts.length === 0 && !isGlob(path) && directive.name === 'include') this.unseen.push(directive);
    this.#letters += texts.reduce((sum, { text }) => sum + text.length, 0);
    return texts.flatMap((text) => this.file(text, within));
  }

  level(name: string, directives: readonly Directive[], around: Tables): void {
    if (this.levels.length >= MOST_LEVELS) return;
    const own = directives.map(operationOf).filter((each) => each !== undefined);
    const tables = tablesAfter(around, own.slice(0, MOST_OPERATIONS));
    this.levels.push({ name, own, tables, directives });
    for (const directive of directives)
      if (directive.section !== undefined) {
        const inner = name === '' ? nameOf(directive) : `${name} > ${nameOf(directive)}`;
        this.level(inner, directive.section, tables);
      }
  }
}

/** Reads a configuration with what it includes. */
export function readSite(main: ConfigText, read: IncludeReader): Site {
  const reader = new Reader(read);
  reader.level('', reader.file(main, []), NO_TABLES);
  const { levels, problems, unseen, guarded } = reader;
  return { levels, problems, unseen, guarded };
}
