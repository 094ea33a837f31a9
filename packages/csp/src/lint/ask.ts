import { directiveInfo } from '../syntax/directives.js';
import type { Keyword, Source } from '../syntax/source.js';
import type { Item, List, Listed, Page } from './page.js';

/** The list that answers for a directive: its own, or that of the first fallback that is there (CSP3 §6.8.3). */
export function listFor({ lists }: Item, name: string): List | undefined {
  const found = [name, ...(directiveInfo(name)?.fallback ?? [])].find((each) => lists.has(each));
  return found === undefined ? undefined : lists.get(found);
}

/** The lists that answer for any of these, each once. */
export const listsFor = (item: Item, names: readonly string[]): readonly List[] => [
  ...new Set(names.map((name) => listFor(item, name)).filter((list) => list !== undefined)),
];

/** Lists that decide about scripts in a document. */
export const scriptLists = (item: Item): readonly List[] =>
  listsFor(item, ['script-src', 'script-src-elem', 'script-src-attr']);

/** Whether any policy that is enforced says something of a directive; where none is, whether one that reports does. */
export const isSaid = ({ enforced, items }: Page, name: string): boolean =>
  (enforced.length > 0 ? enforced : items).some((item) => listFor(item, name) !== undefined);

export const keywordOf = ({ source }: Listed): Keyword | undefined =>
  source.kind === 'keyword' ? source.keyword : undefined;

export const wordOf = ({ words }: List, keyword: Keyword): Listed | undefined =>
  words.find((listed) => keywordOf(listed) === keyword);

export const isStrict = ({ words }: List): boolean =>
  words.some(({ source }) => source.kind === 'nonce' || source.kind === 'hash');

export const isDynamic = (list: List): boolean => wordOf(list, 'strict-dynamic') !== undefined;

/** Schemes of the network: each allows every host. */
const NETWORK = new Set(['http', 'https', 'ws', 'wss']);

/** Whether an expression lets everybody in: `*`, `https:`, `https://*`, `*:*`. */
export const isAnywhere = (source: Source): boolean =>
  source.kind === 'host' ? source.host === '*' : source.kind === 'scheme' && NETWORK.has(source.scheme);

/** Words as people read them in a row. */
export const inARow = (words: readonly string[]): string => words.join(', ');
