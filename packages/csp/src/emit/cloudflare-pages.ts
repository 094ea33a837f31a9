import { ASK_SERVER, fixedBlocksOf, type Block } from './blocks.js';
import type { Header } from '../needs/headers.js';
import type { Emission, Emitter, Lost } from './emitter.js';

const TITLE = 'Cloudflare Pages';
const MOST_RULES = 100;
const LONGEST_LINE = 2000;

const LIMITS = `# Only for files: Pages Functions must set their own headers.
# All rules that fit are applied, and a header that stands in two of them is sent with both values: "!" takes the wider one away.
# Cloudflare reads over rules beyond the ${String(MOST_RULES)}th and over lines of more than ${String(LONGEST_LINE)} letters.`;

/** In a value, `:splat` is the part of the path that the star stands for, which anybody may choose. */
function lineOf([name, value]: Header): string {
  if (value.includes(':splat')) throw new TypeError(`${name}: ${TITLE} puts a part of the path where ":splat" stands`);
  return `${name}: ${value}`;
}

const isTooLong = (header: Header): boolean => lineOf(header).length > LONGEST_LINE;

const ruleOf = ({ path, headers }: Block, closer: boolean): string =>
  [
    path,
    ...(closer ? headers.map(([name]) => `  ! ${name}`) : []),
    ...headers.filter((header) => !isTooLong(header)).map((header) => `  ${lineOf(header)}`),
  ].join('\n');

const tooLong = ({ path, headers }: Block): readonly Lost[] =>
  headers.filter(isTooLong).map(([name]) => ({
    name,
    why: `its line for ${path} has more than ${String(LONGEST_LINE)} letters, and ${TITLE} reads over it`,
    instead: 'cloudflare-worker, which has no such limit',
  }));

const tooMany = (blocks: readonly Block[]): readonly Lost[] =>
  blocks.slice(0, -MOST_RULES).map(({ path, headers }) => ({
    name: headers.map(([name]) => name).join(', '),
    why: `the rule for ${path} is beyond the ${String(MOST_RULES)} that ${TITLE} reads`,
    instead: 'fewer rules, or cloudflare-worker',
  }));

/** A `_headers` file, for the folder that is published. */
export const cloudflarePages: Emitter = {
  id: 'cloudflare-pages',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    const kept = blocks.slice(-MOST_RULES);
    const written = kept.toReversed().map((block, index) => ruleOf(block, index > 0));
    const text = `${[LIMITS, ...written].join('\n')}\n`;
    return { file: '_headers', text, lost: [...tooMany(blocks), ...kept.flatMap(tooLong)] };
  },
};
