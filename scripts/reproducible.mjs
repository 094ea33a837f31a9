/**
 * Why this exists: a release that nobody else can build again has to be believed (A104). This builds the same sources
 * twice from nothing, in two folders with different names and in different time zones and languages, and compares every
 * built file byte by byte. `--against-dist` builds once and compares with what lies in `dist` now: half the time, and it
 * also finds what a clean build would not have made.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ELSEWHERE = [
  { name: 'a', env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } },
  { name: 'another-folder-with-a-longer-name', env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: '' } },
];

/**
 * @param {ReadonlyMap<string, string>} first path → hash.
 * @param {ReadonlyMap<string, string>} second
 * @returns {string[]} what is not the same, one sentence each.
 */
export function treeDifferences(first, second) {
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort();
  return paths.flatMap((path) => {
    const [one, other] = [first.get(path), second.get(path)];
    if (one === other) return [];
    if (one === undefined || other === undefined) return [`${path} is only in the ${one ? 'first' : 'second'}`];
    return [`${path} differs`];
  });
}

/** Every built file below a root. @returns {Map<string, string>} */
export function builtFiles(root) {
  const files = new Map();
  for (const home of ['packages', 'examples'].flatMap((part) => foldersIn(join(root, part), part))) {
    for (const path of filesBelow(join(root, home, 'dist'), `${home}/dist`)) {
      const hash = createHash('sha256').update(readFileSync(join(root, path)));
      files.set(path, `${hash.digest('hex')} ${statSync(join(root, path)).mode & 0o111 ? 'x' : '-'}`);
    }
  }
  return files;
}

function foldersIn(folder, prefix) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${prefix}/${name}`);
}

function filesBelow(folder, prefix) {
  const entries = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.flatMap((entry) => {
    const path = `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(join(folder, entry.name), path) : [path];
  });
}

/** Copies what is in the repository, and nothing that was made from it. */
async function checkOut(target) {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { code, output } = await command('git', listing, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  if (code !== 0) throw new Error('this needs the git repository');
  for (const path of output
    .split('\0')
    .filter((name) => name !== '' && statSync(join(ROOT, name), { throwIfNoEntry: false }))) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(ROOT, path), join(target, path));
  }
  linkDependencies(target);
}

/** Third parties by link, to the locked ones; our own packages as the workspace links that `npm ci` would make. */
function linkDependencies(target) {
  const modules = join(target, 'node_modules');
  mkdirSync(join(modules, '@cloister'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@cloister' && !name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(target, 'packages'))) {
    symlinkSync(join('..', '..', 'packages', name), join(modules, '@cloister', name));
  }
}

async function cleanBuild(folder, { name, env }) {
  const target = join(folder, name);
  await checkOut(target);
  const options = { cwd: target, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] };
  const { code } = await command(process.execPath, ['scripts/build.mjs'], options);
  if (code !== 0) throw new Error('the build failed');
  return builtFiles(target);
}

async function main(againstDist) {
  const folder = mkdtempSync(join(tmpdir(), 'cloister-build-'));
  try {
    const [one, other] = ELSEWHERE;
    const second = await cleanBuild(folder, other);
    const first = againstDist ? builtFiles(ROOT) : await cleanBuild(folder, one);
    const problems = treeDifferences(first, second);
    for (const problem of problems) console.error(problem);
    console.log(`${second.size} built files, ${problems.length} of them not the same`);
    process.exitCode = problems.length === 0 && second.size > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--against-dist'));
