import { ASK_SERVER, fixedBlocksOf, isWholeSite, wholePattern, type Block } from './blocks.js';
import type { Header } from '../needs/headers.js';
import type { Emission, Emitter } from './emitter.js';

const TITLE = 'Apache';

const INTRODUCTION = `# Needs mod_headers (a2enmod headers). No <IfModule> around it: a server without it shall say so, not serve pages unprotected.
# "always" is sent with errors, too. It is a table of its own: what an application set lies in the other one ("onsuccess"),
# and both would be sent. So that one is emptied first.`;

const BY_PATH =
  '# For the server or a <VirtualHost>: .htaccess has no <LocationMatch>. The closest comes last, for the last counts.';

/**
 * Apache reads a value three times: as a quoted word, as a format with `%`, and for `${NAME}`, which nothing escapes.
 */
function quoted(name: string, value: string): string {
  if (value.includes('${')) throw new TypeError(`${name}: ${TITLE} puts variables into "\${" and cannot write it`);
  if (value.startsWith('expr=')) throw new TypeError(`${name}: ${TITLE} takes a value that begins "expr=" for code`);
  const format = value.replaceAll('\\', '\\\\').replaceAll('%', '%%');
  return `"${format.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const directives = ([name, value]: Header): readonly string[] => [
  `Header onsuccess unset ${name}`,
  `Header always set ${name} ${quoted(name, value)}`,
];

const section = (block: Block): readonly string[] => [
  `<LocationMatch "(?i)${wholePattern(block)}">`,
  ...block.headers.flatMap(directives).map((each) => `    ${each}`),
  '</LocationMatch>',
];

/** Directives of mod_headers. Without rules for single paths they also fit into `.htaccess`. */
export const apache: Emitter = {
  id: 'apache',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    const lines = isWholeSite(blocks)
      ? blocks.flatMap(({ headers }) => headers.flatMap(directives))
      : [BY_PATH, ...blocks.toReversed().flatMap(section)];
    return { file: 'cloister-headers.conf', text: `${[INTRODUCTION, ...lines].join('\n')}\n`, lost: [] };
  },
};
