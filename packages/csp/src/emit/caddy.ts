import { ASK_SERVER, fixedBlocksOf, isWholeSite, within, type Block } from './blocks.js';
import type { Header } from '../needs/headers.js';
import type { Emission, Emitter } from './emitter.js';

const TITLE = 'Caddy';

const INTRODUCTION = `# Import it in the site's block: import cloister-headers.caddy
# "defer" sets them when the answer is written: reverse_proxy adds what an application sends, and both policies would hold at once.`;

const BY_PATH = `# The matchers share no path: Caddy sorts directives by itself, and deferred ones are applied in the reverse order.`;

/**
 * What Caddy fills in or takes away: `{host}`, `{$HOME}`, `\{`. A backslash would keep a placeholder from being filled in, but an
 * `import` reads it once more and takes the backslash. The braces of JSON are none of these.
 */
const PLACEHOLDER = /\\[{}]|\{(?!["{[}\s]|$)|^[{}]$/u;

/** Between backticks all letters mean themselves; between double quotes a backslash means itself, too, but before a quote. */
function quoted(name: string, value: string): string {
  if (PLACEHOLDER.test(value))
    throw new TypeError(`${name}: ${TITLE} fills in what stands in braces and cannot write it`);
  if (!value.includes('`')) return `\`${value}\``;
  if (value.includes('\\"') || value.endsWith('\\'))
    throw new TypeError(`${name}: ${TITLE} cannot write a backtick together with a backslash before a quote`);
  return `"${value.replaceAll('"', '\\"')}"`;
}

const directive = (matcher: string, headers: readonly Header[]): readonly string[] => [
  `header ${matcher}{`,
  ...headers.map(([name, value]) => `\t${name} ${quoted(name, value)}`),
  '\tdefer',
  '}',
];

/** A path without its last slash is the same page to most routers. */
const pathOf = ({ stem, below }: Block): string => (below ? `${stem}*` : `${stem} ${stem}/`);

/** Also a single path whose slash the wider block would begin with: `/checkout` and `/checkout/*`. */
const closerThan = (block: Block, blocks: readonly Block[]): readonly Block[] => [
  ...within(block, blocks),
  ...blocks.filter(({ stem, below }) => !below && `${stem}/` === block.stem),
];

function byPath(block: Block, index: number, blocks: readonly Block[]): readonly string[] {
  const matcher = `@cloister${String(index + 1)}`;
  const closer = closerThan(block, blocks);
  const not = closer.length === 0 ? [] : [`\tnot path ${closer.map(pathOf).join(' ')}`];
  return [`${matcher} {`, `\tpath ${pathOf(block)}`, ...not, '}', ...directive(`${matcher} `, block.headers)];
}

/** A part of a site's block in a Caddyfile. Its paths do not mind upper and lower case. */
export const caddy: Emitter = {
  id: 'caddy',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    const lines = isWholeSite(blocks)
      ? blocks.flatMap(({ headers }) => directive('', headers))
      : [BY_PATH, ...blocks.flatMap(byPath)];
    return { file: 'cloister-headers.caddy', text: `${[INTRODUCTION, ...lines].join('\n')}\n`, lost: [] };
  },
};
