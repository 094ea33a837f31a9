/**
 * Why this exists: building takes longer than asking whether anything changed since the last build.
 *
 * The stamp's time is the start of the last build that succeeded; a source that changed while it ran is newer.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCES = [
  'packages',
  'examples',
  'types',
  'scripts/build',
  'rollup.config.mjs',
  'package.json',
  'tsconfig.json',
  'package-lock.json',
];
const NOT_SOURCES = new Set(['node_modules', 'dist']);

const stampOf = (root) => join(root, '.cache', 'build.stamp');

/**
 * @param {string} root
 * @returns {boolean}
 */
export function isBuildStale(root) {
  const stamp = stampOf(root);
  if (!existsSync(stamp) || !existsSync(join(root, 'packages/protocol/dist'))) return true;
  const built = statSync(stamp).mtimeMs;
  return SOURCES.some((source) => newest(join(root, source)) > built);
}

/**
 * Forgets the last build.
 * @param {string} root
 * @returns {() => void} to be called when the build succeeded.
 */
export function startBuild(root) {
  const stamp = stampOf(root);
  const started = new Date();
  rmSync(stamp, { force: true });
  return () => {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, '');
    utimesSync(stamp, started, started);
  };
}

/** Folders count too: a file that was removed changes the time of its folder. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  const inside = readdirSync(path).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(hasOutput(path) ? 0 : entry.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

/** The time of a folder that holds `dist` also changes by building. */
function hasOutput(folder) {
  return [...NOT_SOURCES].some((name) => existsSync(join(folder, name)));
}
