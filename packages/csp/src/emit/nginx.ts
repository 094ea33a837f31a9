import { ASK_SERVER, fixedBlocksOf, isWholeSite, wholePattern, type Block } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';

const TITLE = 'nginx';

const INTRODUCTION = `# Include this file in the server block, and again in each location that has an add_header of its own:
# such a location inherits none of the lines of the blocks around it. Which ones lost them: nginx -T | npx cloister csp lint -
# "always" sends them with errors, too: the page of a 404 is a page like any other.`;

const HIDDEN = `# What an application behind nginx sends of these is taken away, or both would hold at once. A location that has a line
# with proxy_hide_header (fastcgi_hide_header) of its own needs them again, too.`;

const BY_PATH = `# Include this file in the server block only. A location that has an add_header of its own inherits none of the lines
# at the end: repeat them in it. Which ones lost them: nginx -T | npx cloister csp lint -
# Paths are those that nginx serves at last: where try_files or index leads to another file, that file's.
# "always" sends them with errors, too: the page of a 404 is a page like any other.
# proxy_pass and fastcgi_pass keep what the application sends: take it away (proxy_hide_header Content-Security-Policy;),
# or both policies hold at once.`;

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** In quotes only the quote and the backslash are special; and the dollar sign, which nginx has no way to write. */
function quoted(text: string): string {
  if (text.includes('$'))
    throw new TypeError(`${TITLE} takes "$" for the name of a variable and cannot write it: in an address, write %24`);
  return `"${escaped(text)}"`;
}

const line = (name: string, value: string): string => `add_header ${name} ${value} always;`;

const variable = (name: string): string => `$cloister_${name.toLowerCase().replaceAll('-', '_')}`;

/** nginx reads no word of more than 4094 letters; a letter may be written with two, and the variable's name stands there too. */
const LONGEST = 2000;

/** The lines that give a variable its value, as many as it takes. */
function assigned(name: string, value: string): readonly string[] {
  const all = quoted(value);
  if (all.length <= 2 * LONGEST) return [`set ${name} ${all};`];
  const parts = Array.from({ length: Math.ceil(value.length / LONGEST) }, (_, at) =>
    escaped(value.slice(at * LONGEST, (at + 1) * LONGEST)),
  );
  return parts.map((part, at) => `set ${name} "${at === 0 ? '' : `\${${name.slice(1)}}`}${part}";`);
}

/** A header of the whole site: its value as it stands, or by a variable where nginx would not read it at once. */
function header(name: string, value: string): readonly string[] {
  const lines = assigned(variable(name), value);
  return lines.length === 1 ? [line(name, quoted(value))] : [...lines, line(name, variable(name))];
}

/** Only where the headers are for the whole site: on other paths, the application's own policy is the one that there is. */
const hidden = (names: readonly string[]): readonly string[] => [
  HIDDEN,
  ...names.flatMap((name) => ['proxy', 'fastcgi'].map((module) => `${module}_hide_header ${name};`)),
];

/** The lines of a site whose every path has the same headers. */
const everywhere = (headers: Block['headers']): readonly string[] => [
  ...headers.flatMap(([name, value]) => header(name, value)),
  ...hidden([...new Set(headers.map(([name]) => name))]),
];

/** Every variable by every block, the closest last, because the last `set` counts. A header with an empty value is not sent. */
function byPath(blocks: readonly Block[]): readonly string[] {
  const names = new Map(blocks.flatMap(({ headers }) => headers.map(([name]) => [variable(name), name] as const)));
  const choices = blocks.toReversed().map((block) => {
    const values = new Map(block.headers.map(([name, value]) => [variable(name), value]));
    const sets = [...names.keys()].flatMap((each) => assigned(each, values.get(each) ?? '').map((one) => `    ${one}`));
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
      ? [INTRODUCTION, ...blocks.flatMap(({ headers }) => everywhere(headers))]
      : [BY_PATH, ...byPath(blocks)];
    return { file: 'cloister-headers.conf', text: `${lines.join('\n')}\n`, lost: [] };
  },
};
