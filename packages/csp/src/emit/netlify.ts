import { ASK_SERVER, fixedBlocksOf, within, type Block } from './blocks.js';
import type { Emission, Emitter, Lost } from './emitter.js';

const TITLE = 'Netlify';

const LIMITS = `# Only for files that Netlify serves itself: functions, edge functions and proxied pages must set their own.
# No nonces: the file is read when the site is deployed.`;

/** Netlify applies every rule that fits, and does not promise which of two values of one header is sent, or both. */
const overlaps = (blocks: readonly Block[]): readonly Lost[] =>
  blocks
    .filter((block) => within(block, blocks).length > 0)
    .map(({ path, headers }) => ({
      name: headers.map(([name]) => name).join(', '),
      why: `${TITLE} applies the rule for ${path} to the paths of the closer rules, too; where both values of a policy are sent, both hold`,
      instead: 'rules for paths that do not lie within each other, and look at the served answer',
    }));

const fileOf = (blocks: readonly Block[]): string => {
  const rules = blocks
    .toReversed()
    .map(({ path, headers }) => [path, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join('\n'));
  return `${[LIMITS, ...rules].join('\n')}\n`;
};

/** In TOML, a basic string (TOML 1.0.0) of printable ASCII is written as JSON writes it. */
const tomlOf = (blocks: readonly Block[]): string => {
  const rules = blocks
    .toReversed()
    .map(({ path, headers }) =>
      [
        '[[headers]]',
        `  for = ${JSON.stringify(path)}`,
        '  [headers.values]',
        ...headers.map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`),
      ].join('\n'),
    );
  return `${[LIMITS, ...rules].join('\n')}\n`;
};

/** A `_headers` file, for the folder that is published. */
export const netlify: Emitter = {
  id: 'netlify',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    return { file: '_headers', text: fileOf(blocks), lost: overlaps(blocks) };
  },
};

/** The same as tables for `netlify.toml`. */
export const netlifyToml: Emitter = {
  id: 'netlify-toml',
  title: 'Netlify (netlify.toml)',
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    return { file: 'netlify.toml', text: tomlOf(blocks), lost: overlaps(blocks) };
  },
};
