import { asPattern, ASK_SERVER, fixedBlocksOf, within, type Block } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';

const TITLE = 'Vercel';

/** What closer blocks take away, as a look-ahead: so no path has two sources, and their order means nothing. */
const without = (stem: string, closer: readonly Block[]): string => {
  if (closer.length === 0) return '';
  const rests = closer.map((each) => `${asPattern(each.stem.slice(stem.length))}${each.below ? '' : '$'}`);
  return `(?!${rests.join('|')})`;
};

/** A source in the syntax of path-to-regexp: `/checkout/(.*)`. */
const sourceOf = (block: Block, blocks: readonly Block[]): string =>
  block.below ? `${block.stem}(${without(block.stem, within(block, blocks))}.*)` : block.stem;

/** In the routes that Vercel makes of sources, `$1` is a part of the path that was asked for, which anybody may choose. */
function checked(name: string, value: string): string {
  if (value.includes('$'))
    throw new TypeError(`${name}: ${TITLE} may put a part of the path where "$" stands: write %24`);
  return value;
}

/** `headers` for `vercel.json`, which knows fixed values only. JSON has no comments. */
export const vercel: Emitter = {
  id: 'vercel',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    const headers = blocks.map((block) => ({
      source: sourceOf(block, blocks),
      headers: block.headers.map(([key, value]) => ({ key, value: checked(key, value) })),
    }));
    return { file: 'vercel.json', text: `${JSON.stringify({ headers }, undefined, 2)}\n`, lost: [] };
  },
};
