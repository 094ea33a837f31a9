/**
 * Why this exists: a fresh clone has nothing installed and may meet a Node that is too old, and `npm start` and `npm test`
 * shall work all the same. It makes sure of a Node, the dependencies and the build, in this order and only where
 * something is missing, and then becomes the command it was given:
 *
 *     node scripts/run.mjs [--no-build] <program> [arguments…]
 *
 * It runs on Node 18 and needs no package. All it says goes to standard error: standard output belongs to the command.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuildStale } from './lib/build-stamp.mjs';
import { command, npm } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WANTED = { least: [22, 13], fetched: '24.21.0' };
const TO_STDERR = { cwd: ROOT, stdio: ['ignore', 2, 2] };

await main(process.argv.slice(2));

async function main(args) {
  const building = args[0] !== '--no-build';
  const [program, ...rest] = building ? args : args.slice(1);
  if (program === undefined) stop('usage: node scripts/run.mjs [--no-build] <program> [arguments…]', 2);
  const node = isRecent(process.versions.node) ? process.execPath : await fetchedNode();
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  await ensureDependencies(node);
  if (building && isBuildStale(ROOT)) await orStop({ doing: 'building' }, node, [join(ROOT, 'scripts/build.mjs')]);
  become(program === 'node' ? node : program, rest);
}

function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > WANTED.least[0] || (major === WANTED.least[0] && minor >= WANTED.least[1]);
}

/**
 * Node itself comes from the npm registry too. The package for the platform is asked for by name, because the general one
 * (`node`) finds it by an install script, and no install script runs here.
 */
async function fetchedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = join(ROOT, '.cache', 'node');
  const binary = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (
    existsSync(binary) &&
    (await command(binary, ['--version'], { stdio: 'pipe' })).output.trim() === `v${WANTED.fetched}`
  ) {
    return binary;
  }
  mkdirSync(home, { recursive: true });
  const [program, ...first] = npm();
  const options = ['--prefix', home, '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  await orStop(
    {
      doing: `fetching Node ${WANTED.fetched}, because ${process.versions.node} is older than ${WANTED.least.join('.')}`,
      advice: `Could not fetch Node. Install Node ${WANTED.least.join('.')} or newer by hand and try again.`,
    },
    program,
    [...first, 'install', ...options, `${name}@${WANTED.fetched}`],
  );
  return binary;
}

/** npm writes the hidden lock last, so that it is as old as the installation. */
async function ensureDependencies(node) {
  const installed = modified(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(ROOT, 'package-lock.json'))) return;
  const [program, ...first] = npm(node);
  await orStop({ doing: 'installing the dependencies' }, program, [...first, 'ci', '--no-audit', '--no-fund']);
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

async function orStop({ doing, advice = `Failed: ${doing}. The reason stands above.` }, program, args) {
  process.stderr.write(`cloister: ${doing} …\n`);
  const { code } = await command(program, args, TO_STDERR);
  if (code !== 0) stop(advice, code);
}

function stop(message, code) {
  process.stderr.write(`cloister: ${message}\n`);
  process.exit(code);
}

/** The rest of this process is the command: its streams, its signals, its exit code. */
function become(program, args) {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well; a second one would read as "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  whenAbandoned(() => child.kill('SIGTERM'));
  child.on('error', (error) => stop(error.message, 127));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** npm that is killed takes its shell with it, but not us: without it nobody could stop us any more. */
function whenAbandoned(act) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}
