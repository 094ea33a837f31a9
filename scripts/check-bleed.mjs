/**
 * Why this exists: what a bundle must not contain is a security property that source rules cannot see: one careless
 * import, and the page's bundle carries the vault client, or a reveal frame the code that reads inputs. Each marker below
 * is a text that only its own bundles may contain. A marker that has left its home proves nothing any more, so that is an
 * error too.
 *
 * The second check reads every built file's syntax: no `postMessage` with the target origin `*` (OWASP: web messaging),
 * and no `Math.random`, which tells its next number to whoever saw a few (A101).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rollup/parseAst';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FRAMES = 'packages/elements/dist/frames';
const SUBJECTS = {
  bridge: 'packages/bridge/dist/cloister.js',
  'bridge (ESM)': 'packages/bridge/dist/index.js',
  'bridge (CJS)': 'packages/bridge/dist/index.cjs',
  collect: `${FRAMES}/collect.js`,
  reveal: `${FRAMES}/reveal.js`,
  'coordinator-cloister': `${FRAMES}/coordinator-cloister.js`,
  'coordinator-memory': `${FRAMES}/coordinator-memory.js`,
  diagnose: `${FRAMES}/diagnose.js`,
};
const BRIDGES = ['bridge', 'bridge (ESM)', 'bridge (CJS)'];
const MARKERS = [
  // The memory adapter knows the fields' definitions, as a vault would.
  { text: 'cc-number', means: 'field definitions', home: ['collect', 'coordinator-memory'] },
  // The page's bundle holds the outline of an appearance only; the frames hold its lists (ADR 13).
  { text: 'letterSpacing', means: 'lists of an appearance', home: ['collect', 'reveal'] },
  { text: 'deleteContentBackward', means: 'editing', home: ['collect'] },
  { text: 'adoptedStyleSheets', means: 'the looks of fields and values', home: ['collect', 'reveal'] },
  { text: 'forced-colors', means: 'the style of inputs', home: ['collect'] },
  { text: 'IntersectionObserver', means: 'watching whether a value can be seen', home: ['reveal'] },
  { text: 'writeText', means: 'the clipboard', home: ['reveal'] },
  // And the other way round: what only the page's side does.
  { text: 'securitypolicyviolation', means: "the watch over the page's policy", home: BRIDGES },
  { text: 'allow-scripts allow-same-origin', means: 'making frames', home: BRIDGES },
  { text: 'Check the card number', means: 'words of the page', home: BRIDGES },
  { text: 'dpop+jwt', means: 'the key', home: ['coordinator-cloister'] },
  { text: '/v1/records', means: 'the vault client', home: ['coordinator-cloister'] },
];
const BUILT = ['packages', 'examples'];

/**
 * @param {Readonly<Record<string, string>>} bundles name → code.
 * @param {readonly { text: string, means: string, home: readonly string[] }[]} markers
 * @returns {string[]}
 */
export function bleeding(bundles, markers) {
  return markers.flatMap(({ text, means, home }) =>
    Object.entries(bundles).flatMap(([name, code]) => {
      const isHome = home.includes(name);
      if (code.includes(text) === isHome) return [];
      return [isHome ? `${name}: "${text}" is gone; choose another marker` : `${name} contains ${means} ("${text}")`];
    }),
  );
}

/**
 * @param {string} code
 * @returns {number} how many calls post a message to whoever happens to be there.
 */
export function wildcardPosts(code) {
  let found = 0;
  visit(parseAst(code, { allowReturnOutsideFunction: true }), (node) => {
    if (node.type !== 'CallExpression' || nameOf(node.callee) !== 'postMessage') return;
    if (node.arguments.slice(1).some(isWildcard)) found += 1;
  });
  return found;
}

/**
 * @param {string} code
 * @returns {number} how often it reaches for `Math.random`.
 */
export function weakRandomness(code) {
  let found = 0;
  visit(parseAst(code, { allowReturnOutsideFunction: true }), (node) => {
    if (node.type === 'MemberExpression' && node.object.name === 'Math' && nameOf(node) === 'random') found += 1;
  });
  return found;
}

function nameOf(callee) {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'ChainExpression') return nameOf(callee.expression);
  return callee.type === 'MemberExpression' ? (callee.property.name ?? callee.property.value) : undefined;
}

function isWildcard(argument) {
  if (argument.type === 'Literal') return argument.value === '*';
  if (argument.type === 'TemplateLiteral')
    return argument.quasis.length === 1 && argument.quasis[0].value.cooked === '*';
  if (argument.type !== 'ObjectExpression') return false;
  return argument.properties.some(
    ({ key, value }) => (key?.name ?? key?.value) === 'targetOrigin' && isWildcard(value),
  );
}

function visit(node, see) {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') visit(child, see);
    }
  }
}

function builtFiles(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?js$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file.includes('/dist/') && !file.includes('/node_modules/'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (file) => readFileSync(join(ROOT, file), 'utf8');
  const bundles = Object.fromEntries(Object.entries(SUBJECTS).map(([name, file]) => [name, read(file)]));
  const files = BUILT.flatMap(builtFiles);
  const inFiles = (count, means) =>
    files.filter((file) => count(readFileSync(file, 'utf8')) > 0).map((file) => `${file.slice(ROOT.length)} ${means}`);
  const problems = [
    ...bleeding(bundles, MARKERS),
    ...inFiles(wildcardPosts, 'posts messages to "*"'),
    ...inFiles(weakRandomness, 'uses Math.random'),
  ];
  for (const problem of problems) console.error(problem);
  console.log(`${Object.keys(bundles).length} bundles, ${files.length} built files, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
