/**
 * Why this exists: what we publish is a tarball, and nothing else in the repository uses one. This packs every package,
 * has publint and attw judge it, and then is an outsider: it installs the tarballs in an empty folder and uses them as
 * an ES module, as CommonJS, from TypeScript, in a Vite build, and from the command line.
 *
 * It needs no network: third-party dependencies are links into our own `node_modules`.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, npm } from './lib/command.mjs';
import { TRIALS } from './lib/outsider.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PUBLISHED = ['protocol', 'fields', 'elements', 'bridge', 'vault', 'csp', 'cli'];
const DUAL = new Set(['protocol', 'bridge']);
/** Files that are fetched by a page or an editor, not imported; attw would look for their types. */
const NOT_MODULES = ['./cloister.js', './sri.json', './config.schema.json'];

let failed = 0;
const folder = await mkdtemp(join(tmpdir(), 'cloister-package-'));
try {
  const tarballs = await packAll();
  for (const name of PUBLISHED) {
    await step(`publint ${name}`, [...tool('publint/src/cli.js'), '--strict', '--pack', 'npm', `packages/${name}`]);
    await step(`attw ${name}`, [
      ...tool('@arethetypeswrong/cli/dist/index.js'),
      ...attwArguments(name, tarballs[name]),
    ]);
  }
  await install(tarballs);
  for (const trial of TRIALS) await step(trial.title, [process.execPath, ...(await prepared(trial))], folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

async function packAll() {
  const packages = PUBLISHED.map((name) => `./packages/${name}`);
  await step('npm pack', [...npm(), 'pack', '--silent', '--pack-destination', folder, ...packages]);
  const files = await readdir(folder);
  const tarball = (name) => join(folder, files.find((file) => file.startsWith(`cloister-${name}-`)) ?? 'missing');
  return Object.fromEntries(PUBLISHED.map((name) => [name, tarball(name)]));
}

function attwArguments(name, tarball) {
  const profile = DUAL.has(name) ? 'strict' : 'esm-only';
  return [tarball, '--profile', profile, '--no-emoji', '--format', 'ascii', '--exclude-entrypoints', ...NOT_MODULES];
}

async function install(tarballs) {
  const ours = PUBLISHED.map((name) => [`@cloister/${name}`, `file:${tarballs[name]}`]);
  const theirs = await Promise.all(PUBLISHED.map(thirdParties));
  const links = theirs.flat().map((name) => [name, `file:${join(ROOT, 'node_modules', name)}`]);
  const manifest = {
    name: 'outsider',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries([...ours, ...links]),
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--install-links=false'];
  await step('npm install', [...npm(), 'install', ...options], folder);
}

async function thirdParties(name) {
  const manifest = JSON.parse(await readFile(join(ROOT, 'packages', name, 'package.json'), 'utf8'));
  return Object.keys(manifest.dependencies ?? {}).filter((dependency) => !dependency.startsWith('@cloister/'));
}

async function prepared({ files, run }) {
  await mkdir(join(folder, 'src'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return run({ root: ROOT, folder });
}

/** A tool of our own `node_modules`, started without a shell. */
function tool(file) {
  return [process.execPath, join(ROOT, 'node_modules', file)];
}

async function step(title, [program, ...args], cwd = ROOT) {
  const { code, output } = await command(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${title}`);
  if (code === 0) return;
  failed += 1;
  console.error(output);
}
