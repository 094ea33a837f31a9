/**
 * Why this exists: the ways in which outsiders use our packages, each as small as it gets. A trial is a few files and the
 * arguments that Node is started with, in a folder where the packages are installed from their tarballs.
 */
import { join } from 'node:path';

const QUIET_IMPORT = `
const before = Reflect.ownKeys(globalThis).length;
const handles = process.getActiveResourcesInfo().length;
const EXPECTED = ['createCloister', 'CloisterError'];
const check = (bridge) => {
  const missing = EXPECTED.filter((name) => typeof bridge[name] !== 'function');
  if (missing.length > 0) throw new Error('missing: ' + missing.join(', '));
  if (Reflect.ownKeys(globalThis).length !== before) throw new Error('importing the bridge changed the global object');
  if (process.getActiveResourcesInfo().length > handles) throw new Error('importing the bridge left something running');
};
`;

const CONSUMER = `
import { createCloister, CloisterError } from '@cloister/bridge';
const cloister = createCloister({ elements: 'https://elements.shop.example', session: () => 'token' });
export const form = cloister.collect('cards');
export const isOurs = (error: unknown): boolean => error instanceof CloisterError;
`;

const VITE = `
import { pathToFileURL } from 'node:url';
const { build } = await import(pathToFileURL(process.argv[2]).href);
const result = await build({ root: process.cwd(), logLevel: 'warn', configFile: false, build: { write: false } });
const code = [result].flat().flatMap(({ output }) => output).map((file) => file.code ?? '').join('');
if (!code.includes('allow-scripts allow-same-origin allow-forms')) throw new Error('the bridge is not in the bundle');
if (code.includes('cc-number')) throw new Error('frame code is in the page');
if (code.length > 60_000) throw new Error('the bundle has ' + code.length + ' characters');
`;

const COMPILER_OPTIONS = {
  target: 'ES2022',
  module: 'NodeNext',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

export const TRIALS = [
  {
    title: 'the bridge as an ES module, on a server',
    files: { 'import.mjs': `${QUIET_IMPORT}check(await import('@cloister/bridge'));` },
    run: () => ['import.mjs'],
  },
  {
    title: 'the bridge as CommonJS',
    files: { 'require.cjs': `${QUIET_IMPORT}check(require('@cloister/bridge'));` },
    run: () => ['require.cjs'],
  },
  {
    title: 'the bridge from TypeScript, both ways',
    files: {
      'consumer.mts': CONSUMER,
      'consumer.cts': CONSUMER,
      'tsconfig.json': JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['consumer.mts', 'consumer.cts'] }),
    },
    run: ({ root }) => [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'],
  },
  {
    title: 'the bridge in a Vite build',
    files: {
      'index.html': '<!doctype html><title>Shop</title><script type="module" src="/src/main.js"></script>',
      'src/main.js': `import { createCloister } from '@cloister/bridge';
        createCloister({ elements: 'https://elements.shop.example', session: () => 'token' }).collect('cards');`,
      'vite.mjs': VITE,
    },
    run: ({ root }) => ['vite.mjs', join(root, 'node_modules/vite/dist/node/index.js')],
  },
  {
    title: 'cloister --help',
    files: {},
    run: () => ['node_modules/.bin/cloister', '--help'],
  },
];
