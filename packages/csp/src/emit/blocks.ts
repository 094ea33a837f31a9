import { wantsNonce, type Header, type HeaderRule } from '../needs/headers.js';

/** Paths with one and the same set of headers. */
export interface Block {
  /** As in the rule. */
  readonly path: string;
  /** The path without its star: `/checkout/`. */
  readonly stem: string;
  /** Whether it also holds for what lies below. */
  readonly below: boolean;
  /** All of them, those of wider rules too; each name once. */
  readonly headers: readonly Header[];
}

/** Letters that mean themselves in every target's language of paths, once a dot is escaped. */
const STEM = /^\/[\w./~-]*$/u;
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/u;
const isPrintable = (text: string): boolean => Array.from(text).every((letter) => letter >= ' ' && letter <= '~');

function checkHeader([name, value]: Header): void {
  if (!NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} is no name of a header that every server takes`);
  if (!isPrintable(value) || value.trim() !== value || value === '')
    throw new TypeError(`${name}: a value is printable ASCII, without white space around it and without line breaks`);
}

function stemOf(path: string): string {
  const stem = path.endsWith('/*') ? path.slice(0, -1) : path;
  if (STEM.test(stem) && !stem.includes('//')) return stem;
  throw new TypeError(`${JSON.stringify(path)} is no path of letters, digits and ._~- that may end with /*`);
}

/** A header that stands twice is one with a list (RFC 9110 §5.3): two policies that both hold stay two. */
function merged(headers: readonly Header[]): ReadonlyMap<string, Header> {
  const byName = new Map<string, Header>();
  for (const [name, value] of headers) {
    const before = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`]);
  }
  return byName;
}

const covers = (wide: Block, narrow: Block): boolean =>
  wide.path === narrow.path || (wide.below && narrow.stem.startsWith(wide.stem));

/** The closest first: one path before all below it, the longer before the shorter. */
const byCloseness = (one: Block, other: Block): number =>
  Number(one.below) - Number(other.below) || other.stem.length - one.stem.length;

/**
 * Rules as a server can follow them without thinking: the closest first, each with all of its headers. For an answer the first
 * block that fits says everything. Where two rules have the same header, the closer one counts.
 *
 * Security: this is where names, values and paths are checked; what comes out holds no control characters and no line breaks, but
 * quotes and backslashes that each emitter must quote for its own format.
 *
 * @throws TypeError when a path, a name or a value cannot be written down for every server.
 */
export function blocksOf(rules: readonly HeaderRule[]): readonly Block[] {
  for (const { headers } of rules) headers.forEach(checkHeader);
  const paths = [...new Set(rules.map(({ path }) => path))];
  const own = paths
    .map((path): Block => {
      const headers = rules.filter((rule) => rule.path === path).flatMap((rule) => rule.headers);
      return { path, stem: stemOf(path), below: path.endsWith('/*'), headers: [...merged(headers).values()] };
    })
    .sort(byCloseness);
  return own.map((block) => {
    const inherited = own.filter((wide) => covers(wide, block)).reverse();
    const all = new Map(inherited.flatMap(({ headers }) => [...merged(headers)]));
    return { ...block, headers: [...all.values()] };
  });
}

/**
 * The blocks for a target that knows fixed values only.
 *
 * Security: a nonce that is the same in two answers allows whatever an attacker read in the first; none at all would be safer.
 *
 * @throws TypeError when a value wants a nonce.
 */
export function fixedBlocksOf(rules: readonly HeaderRule[], title: string): readonly Block[] {
  if (wantsNonce(rules))
    throw new TypeError(
      `${title} sends the same headers each time and can make no nonces: name the scripts by their hashes instead (mode "hashes"), or use a target that makes nonces (express, fastify, hono, next, cloudflare-worker)`,
    );
  return blocksOf(rules);
}

/** Whether the same headers hold for the whole site, so that no path needs to be told apart. */
export const isWholeSite = (blocks: readonly Block[]): boolean =>
  blocks.length === 1 && blocks.every(({ path }) => path === '/*');

/** The blocks that begin within this one and are closer. */
export const within = (block: Block, blocks: readonly Block[]): readonly Block[] =>
  blocks.filter((other) => other !== block && covers(block, other));

/** A path as a regular expression, without anchors. */
export const asPattern = (stem: string): string => stem.replaceAll('.', '\\.');

/**
 * All paths of a block as a regular expression, for servers in front of programs: most routers do not mind case or a slash at the end,
 * and the same page must not have another policy there. To be compared without case.
 */
export const wholePattern = ({ stem, below }: Block): string => `^${asPattern(stem)}${below ? '' : '/?$'}`;

/** A command that asks the server, not the file. */
export const ASK_SERVER =
  "curl -sS -o /dev/null -D - https://shop.example/checkout | grep -i '^content-security-policy'";
