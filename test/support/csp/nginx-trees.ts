import fc from 'fast-check';

/** A server with levels in it, and where each of them answers. */
export interface NginxTree {
  readonly host: string;
  readonly lines: readonly string[];
  readonly asks: readonly Ask[];
}

/** One request, and the level that must answer it. */
export interface Ask {
  readonly host: string;
  readonly path: string;
  /** As the analysis names it. */
  readonly level: string;
}

interface Place {
  readonly adds: readonly string[];
  readonly guarded: readonly string[] | undefined;
  readonly within: readonly Place[];
}

const HEADERS = ['Content-Security-Policy', 'content-security-policy-report-only', 'X-Frame-Options', 'X-Else'];
const VALUES = [`"img-src 'self'"`, 'a', `'b "c"'`, '""', `"\\"d\\" \\\\"`];

const add = fc
  .tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...VALUES), fc.boolean())
  .map(([name, value, always]) => `add_header ${name} ${value}${always ? ' always' : ''};`);
/** One that sends nothing, and takes away what is around it. */
const none = fc.constant('add_header "" "";');
const adds = fc.oneof(fc.constant([]), fc.array(fc.oneof({ weight: 9, arbitrary: add }, none), { maxLength: 4 }));

const place = (depth: number): fc.Arbitrary<Place> =>
  fc.record({
    adds,
    guarded: fc.option(adds, { nil: undefined }),
    within: depth === 0 ? fc.constant([]) : fc.array(place(depth - 1), { maxLength: 2 }),
  });

interface Site {
  readonly host: string;
  readonly path: string;
  readonly level: string;
}

/** A path of the site has a file, and nothing else. */
const asksOf = ({ host, path, level }: Site, query = ''): readonly Ask[] =>
  ['file.txt', 'none.txt'].map((name) => ({ host, path: `${path}${name}${query}`, level }));

function linesOf(tree: Place, site: Site): readonly string[] {
  const inner = tree.within.flatMap((each, index) => {
    const below = locationIn(site, index);
    return [`location ${below.path} {`, ...linesOf(each, below), '}'];
  });
  const guarded = tree.guarded === undefined ? [] : ['if ($arg_q = 1) {', ...tree.guarded, '}'];
  return [...tree.adds, ...guarded, ...inner];
}

const locationIn = ({ host, path, level }: Site, index: number): Site => {
  const below = `${path}${String.fromCharCode(97 + index)}/`;
  return { host, path: below, level: `${level} > location ${below}` };
};

const treeAsks = (tree: Place, site: Site): readonly Ask[] => [
  ...asksOf(site),
  ...(tree.guarded === undefined ? [] : asksOf({ ...site, level: `${site.level} > if ($arg_q = 1)` }, '?q=1')),
  ...tree.within.flatMap((each, index) => treeAsks(each, locationIn(site, index))),
];

/** nginx takes no `add_header` in an `if` of a server. */
const serverOf = (tree: Place, index: number): NginxTree => {
  const host = `s${index}.test`;
  const site = { host, path: '/', level: `server ${host}` };
  const open = { ...tree, guarded: undefined };
  return { host, lines: linesOf(open, site), asks: treeAsks(open, site) };
};

/** Servers with levels within levels, each with some headers or none; the same for the same seed. */
export const nginxTrees = (count: number, seed: number): readonly NginxTree[] =>
  fc.sample(place(3), { numRuns: count, seed }).map(serverOf);

/** Headers of the level around all servers; the same for the same seed. */
export const outerHeaders = (seed: number): readonly string[] => fc.sample(adds, { numRuns: 1, seed })[0] ?? [];

/** Folders that any of these trees may ask for, with a file each. */
export const TREE_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  ['', 'a/', 'b/'].flatMap((one) =>
    ['', 'a/', 'b/'].flatMap((two) =>
      ['', 'a/', 'b/'].map((three) => [`root/${one}${two}${three}file.txt`, 'here'] as const),
    ),
  ),
);
