import { NONCE } from '../needs/headers.js';
import type { Delivered } from '../semantics/policy-set.js';
import { directiveInfo } from '../syntax/directives.js';
import { parsePolicy, type Directive, type Policy, type Word } from '../syntax/policy.js';
import { parseSource, type Source } from '../syntax/source.js';
import type { LintInput, PlaceOf } from './finding.js';

/** A word of a source list, where it stands and what it means. */
export interface Listed {
  readonly directive: Directive;
  readonly word: Word;
  readonly source: Source;
}

/** A source list of a policy. */
export interface List {
  readonly name: string;
  readonly directive: Directive;
  readonly words: readonly Listed[];
}

/** One policy of the page, read once for all rules. */
export interface Item extends Delivered {
  readonly index: number;
  readonly of: PlaceOf;
  readonly value: number;
  /** Where its text begins in the header, which may have several. */
  readonly offset: number;
  readonly text: string;
  /** With the directives that markup cannot have, which `policy` is without. */
  readonly written: Policy;
  /** By their names. */
  readonly lists: ReadonlyMap<string, List>;
  /** All words of all lists. */
  readonly words: readonly Listed[];
}

/** What the rules look at. */
export interface Page {
  readonly input: LintInput;
  readonly origin: URL;
  readonly items: readonly Item[];
  readonly enforced: readonly Item[];
  /** The policy that says most, which is where one adds what is missing. */
  readonly main: Item | undefined;
}

const PLACEHOLDER = `'nonce-${NONCE}'`;

/** The generator's stand-in for a nonce is one. */
const read = (text: string): Source => (text === PLACEHOLDER ? { kind: 'nonce', nonce: NONCE } : parseSource(text));

function listsOf(policy: Policy): ReadonlyMap<string, List> {
  const lists = new Map<string, List>();
  for (const directive of policy.directives) {
    const value = directiveInfo(directive.name)?.value;
    if (directive.ignored !== undefined || (value !== 'sources' && value !== 'ancestors')) continue;
    const words = directive.words.map((word) => ({ directive, word, source: read(word.text) }));
    lists.set(directive.name, { name: directive.name, directive, words });
  }
  return lists;
}

interface Part {
  readonly text: string;
  readonly offset: number;
}

/** Commas part the policies of a header; markup has one each. */
function partsOf(text: string, of: PlaceOf): readonly Part[] {
  if (of === 'meta') return [{ text, offset: 0 }];
  let offset = 0;
  return text.split(',').map((part) => {
    const start = offset;
    offset += part.length + 1;
    return { text: part, offset: start };
  });
}

const saysSomething = ({ directives }: Policy): boolean => directives.some(({ ignored }) => ignored === undefined);

function itemsOf(texts: readonly string[], of: PlaceOf): readonly Omit<Item, 'index'>[] {
  return texts.flatMap((header, value) =>
    partsOf(header, of).flatMap(({ text, offset }): readonly Omit<Item, 'index'>[] => {
      const written = parsePolicy(text);
      if (of !== 'meta' && !saysSomething(written)) return [];
      const policy: Policy =
        of === 'meta'
          ? { directives: written.directives.filter(({ name }) => directiveInfo(name)?.inMeta !== false) }
          : written;
      const lists = listsOf(policy);
      const words = [...lists.values()].flatMap((list) => list.words);
      const by = of === 'meta' ? 'meta' : 'header';
      const disposition = of === 'reported' ? 'report' : 'enforce';
      return [{ of, value, offset, text, written, policy, lists, words, by, disposition }];
    }),
  );
}

const sizeOf = ({ policy }: Item): number => policy.directives.length;

/** The greatest; the first of equals. */
const greatest = (items: readonly Item[]): Item | undefined =>
  items.reduce<Item | undefined>(
    (best, item) => (best !== undefined && sizeOf(best) >= sizeOf(item) ? best : item),
    undefined,
  );

/**
 * Reads what a document came with.
 *
 * @throws TypeError when `origin` is not a URL.
 */
export function readPage(input: LintInput): Page {
  const { enforced = [], reported = [], meta = [] } = input;
  const items = [...itemsOf(enforced, 'enforced'), ...itemsOf(reported, 'reported'), ...itemsOf(meta, 'meta')].map(
    (item, index): Item => ({ ...item, index }),
  );
  const strict = items.filter(({ disposition }) => disposition === 'enforce');
  return {
    input,
    origin: new URL(input.origin),
    items,
    enforced: strict,
    main: greatest(strict.filter(({ by }) => by === 'header')) ?? greatest(strict) ?? greatest(items),
  };
}
