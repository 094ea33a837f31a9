/**
 * Why this exists: a test that no guard's absence makes fail proves nothing. Here the product is built without one of its
 * guards, for tests and for nothing else: a line of the sources is replaced on its way into the bundle, so that no source
 * holds a switch and no published build can be weakened.
 *
 * @typedef {{ readonly name: string, readonly file: string, readonly find: string, readonly replace: string, readonly places?: number, readonly ids: readonly string[], readonly test: string, readonly title?: string }} Weakness
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/* eslint-disable require-unicode-regexp -- esbuild hands its filters to Go, which has no such flag */
const TYPESCRIPT = /\.ts$/;
const OURS = /^@cloister\//;
const BARE = /^[^./]/;
/* eslint-enable require-unicode-regexp */

const FRAMES = ['collect', 'reveal', 'coordinator-cloister', 'coordinator-memory', 'diagnose', 'purify'];

/**
 * @param {string} source
 * @param {Weakness} weakness
 * @returns {string}
 * @throws {Error} when the guard does not stand where it is said to, as often as it is said to: it moved, and so must this note of it.
 */
export function weaken(source, { name, file, find, replace, places = 1 }) {
  const parts = source.split(find);
  if (parts.length !== places + 1)
    throw new Error(`${name}: the guard stands ${parts.length - 1} times in ${file}, not ${places}`);
  return parts.join(replace);
}

/**
 * Builds what the browser tests load, without that guard.
 * @param {string} root
 * @param {Weakness} weakness
 * @param {string} outdir
 */
export async function buildWeakened(root, weakness, outdir) {
  await mkdir(outdir, { recursive: true });
  const guard = weakener(root, weakness);
  const script = (entry, outfile, globalName) =>
    build({
      entryPoints: [join(root, entry)],
      outfile: join(outdir, outfile),
      bundle: true,
      format: 'iife',
      globalName,
      platform: 'browser',
      target: 'es2022',
      plugins: [fromSources(root), guard],
    });
  const library = (name) =>
    build({
      entryPoints: [join(root, `packages/${name}/src/index.ts`)],
      outfile: join(outdir, `${name}/index.js`),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      plugins: [{ name: 'external', setup: bareImportsAreExternal }, guard],
    });
  await Promise.all([
    ...FRAMES.map((frame) => script(`packages/elements/src/entries/${frame}.ts`, `elements/frames/${frame}.js`)),
    script('packages/bridge/src/script-tag.ts', 'bridge/cloister.js', 'Cloister'),
    library('elements'),
    library('vault'),
  ]);
}

function weakener(root, weakness) {
  const path = join(root, weakness.file);
  return {
    name: 'weakener',
    setup({ onLoad }) {
      onLoad({ filter: TYPESCRIPT }, async (args) => {
        if (args.path !== path) return undefined;
        return { contents: weaken(await readFile(path, 'utf8'), weakness), loader: 'ts' };
      });
    },
  };
}

function fromSources(root) {
  return {
    name: 'from-sources',
    setup({ onResolve }) {
      onResolve({ filter: OURS }, ({ path }) => ({
        path: join(root, 'packages', path.slice('@cloister/'.length), 'src/index.ts'),
      }));
    },
  };
}

function bareImportsAreExternal({ onResolve }) {
  onResolve({ filter: BARE }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, external: true }));
}
