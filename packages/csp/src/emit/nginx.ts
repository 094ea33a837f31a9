import { ASK_SERVER, fixedBlocksOf, isWholeSite, wholePattern, type Block } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';

const TITLE = 'nginx';

const INTRODUCTION = `# Include this file in the server block, and again in each location that has an add_header of its own:
# such a location inherits none of the lines of the blocks around it.
# "always" sends them with errors, too: the page of a 404 is a page like any other.
# proxy_pass and fastcgi_pass keep what the application sends: take it away (proxy_hide_header Content-Security-Policy;),
# or both policies hold at once.`;

const BY_PATH = `# Include this file in the server block only. A location that has an add_header of its own inherits none of the lines
# at the end: repeat them in it.
# Paths are those that nginx serves at last: where try_files or index leads to another file, that file's.
# "always" sends them with errors, too: the page of a 404 is a page like any other.
# proxy_pass and fastcgi_pass keep what the application sends: take it away (proxy_hide_header Content-Security-Policy;),
# or both policies hold at once.`;

/** In quotes only the quote and the backslash are special; and the dollar sign, which nginx has no way to write. */
function quoted(text: string): string {
  if (text.includes('$'))
    throw new TypeError(`${TITLE} takes "$" for the name of a variable and cannot write it: in an address, write %24`);
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const line = (name: string, value: string): string => `add_header ${name} ${value} always;`;

const variable = (name: string): string => `$cloister_${name.toLowerCase().replaceAll('-', '_')}`;

/** Every variable by every block, the closest last, because the last `set` counts. A header with an empty value is not sent. */
function byPath(blocks: readonly Block[]): readonly string[] {
  const names = new Map(blocks.flatMap(({ headers }) => headers.map(([name]) => [variable(name), name] as const)));
  const choices = blocks.toReversed().map((block) => {
    const values = new Map(block.headers.map(([name, value]) => [variable(name), value]));
    const sets = [...names.keys()].map((each) => `    set ${each} ${quoted(values.get(each) ?? '')};`);
    return [`if ($uri ~* "${wholePattern(block)}") {`, ...sets, '}'].join('\n');
  });
  return [
    ...[...names.keys()].map((each) => `set ${each} "";`),
    ...choices,
    '',
    ...[...names].map(([each, name]) => line(name, each)),
  ];
}

/** An include file for the `server` block. Values are fixed; without rules for single paths it also fits into a `location`. */
export const nginx: Emitter = {
  id: 'nginx',
  title: TITLE,
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, TITLE);
    const lines = isWholeSite(blocks)
      ? [INTRODUCTION, ...blocks.flatMap(({ headers }) => headers.map(([name, value]) => line(name, quoted(value))))]
      : [BY_PATH, ...byPath(blocks)];
    return { file: 'cloister-headers.conf', text: `${lines.join('\n')}\n`, lost: [] };
  },
};
