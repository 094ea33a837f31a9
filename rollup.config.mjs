import { readdirSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { dts } from 'rollup-plugin-dts';
import { compileHint } from './scripts/build/compile-hint.mjs';
import { commonjsDeclarations, configSchema, executable, subresourceIntegrity } from './scripts/build/extra-files.mjs';
import { frameGuard } from './scripts/build/frame-guard.mjs';
import { licenceBanner } from './scripts/build/licence-banner.mjs';
import { silentPenpal } from './scripts/build/silent-penpal.mjs';
import { strongIds } from './scripts/build/strong-ids.mjs';
import { quickMinifier, typescript } from './scripts/build/typescript.mjs';

const FRAMES = ['collect', 'reveal', 'coordinator-cloister', 'coordinator-memory', 'diagnose', 'purify'];

/**
 * Everything that is built, one row each.
 *
 * - `library`: for Node and for bundlers; whatever is not its own source stays an import.
 * - `script`: one self-contained file for a `<script>`, minified.
 * - `module`: one self-contained browser module, minified.
 *
 * Invariant: two builds of the same sources are equal byte for byte, because documents name their scripts by hash.
 * Nothing here may put the clock, the environment or an absolute path into its output.
 */
const ENTRIES = [
  { build: library, home: 'packages/protocol', formats: ['es', 'cjs'], plugins: [configSchema()] },
  { build: library, home: 'packages/fields' },
  { build: library, home: 'packages/bridge', formats: ['es', 'cjs'] },
  {
    build: script,
    home: 'packages/bridge',
    entry: 'script-tag',
    file: 'cloister',
    global: 'Cloister',
    plugins: [compileHint(), subresourceIntegrity()],
  },
  { build: library, home: 'packages/elements' },
  ...FRAMES.map((frame) => ({
    build: script,
    home: 'packages/elements',
    entry: `entries/${frame}`,
    file: `frames/${frame}`,
    plugins: [frameGuard()],
  })),
  { build: library, home: 'packages/vault' },
  { build: library, home: 'packages/csp' },
  { build: library, home: 'packages/cli', entries: ['index', 'cli'], plugins: [executable('cli.js')] },
  { build: library, home: 'examples/shop', entries: ['server/main', 'once/once'], types: false },
  ...filesIn('examples/shop/src/page').map((page) => ({
    build: module,
    home: 'examples/shop',
    entry: `page/${page}`,
    file: `page/${page}`,
  })),
];

/**
 * `rollup -c --configShard 0/2` builds the first half: rollup builds one after another, and machines have more than one
 * core.
 */
export default ({ configShard = '0/1' }) => {
  const [shard, shards] = configShard.split('/').map(Number);
  return [declarations(), ...ENTRIES.map((entry) => entry.build(entry))].filter((_, index) => index % shards === shard);
};

/** Cycles, unresolved imports and the like are mistakes, not news. */
function onwarn(warning) {
  throw Object.assign(new Error(warning.message), { code: warning.code });
}

function fromElsewhere(id) {
  return !id.startsWith('.') && !isAbsolute(id);
}

function library({ home, entries = ['index'], formats = ['es'], types = true, plugins = [] }) {
  return {
    input: Object.fromEntries(entries.map((name) => [name, `${home}/src/${name}.ts`])),
    external: fromElsewhere,
    plugins: [typescript(), ...plugins],
    output: formats.map((format) => ({
      dir: `${home}/dist`,
      format,
      exports: 'named',
      entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
      chunkFileNames: '[name].js',
      // An example is read as it was written: same files, same depth.
      ...(types ? {} : { preserveModules: true, preserveModulesRoot: `${home}/src` }),
    })),
    onwarn,
  };
}

/** The declarations of all libraries at once: one TypeScript program instead of one for each. */
function declarations() {
  const libraries = ENTRIES.filter(({ build, types = true }) => build === library && types);
  const dual = libraries.filter(({ formats = [] }) => formats.includes('cjs'));
  return {
    input: Object.fromEntries(libraries.map(({ home }) => [`${home}/dist/index`, `${home}/src/index.ts`])),
    external: fromElsewhere,
    plugins: [dts({ tsconfig: 'tsconfig.test.json' }), commonjsDeclarations(dual.map(({ home }) => home))],
    output: { dir: '.', format: 'es', entryFileNames: '[name].d.ts' },
    // TypeScript lists the members of an inferred type in the order in which it met their names: one file after another.
    maxParallelFileOps: 1,
    onwarn,
  };
}

function script({ home, entry, file, global, plugins }) {
  // As a module it would lose its global: the minifier takes a name that nobody uses for dead.
  const minifier = terser({
    module: global === undefined,
    ecma: 2020,
    // penpal's debug log is never switched on; its calls and what is made for them go (those of its errors: `silent-penpal.mjs`).
    compress: { passes: 3, pure_funcs: ['log', 'formatMethodPath'] },
    format: { comments: /^!/u },
    maxWorkers: 1,
  });
  const output = { file: `${home}/dist/${file}.js`, format: 'iife', name: global };
  return browser({ home, entry, plugins: [minifier, ...plugins], output });
}

function module({ home, entry, file }) {
  return browser({
    home,
    entry,
    plugins: [quickMinifier()],
    output: { file: `${home}/dist/${file}.js`, format: 'es' },
  });
}

function browser({ home, entry, plugins, output }) {
  return {
    input: `${home}/src/${entry}.ts`,
    plugins: [
      typescript({ bundlePackages: true }),
      nodeResolve({ browser: true }),
      strongIds(),
      silentPenpal(),
      ...plugins,
    ],
    output: { ...output, banner: licenceBanner },
    onwarn,
  };
}

function filesIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}
