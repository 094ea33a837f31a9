/**
 * Why this exists: five things about the lock file that no package manager complains about in time.
 *
 * 1. A lock made against a registry that lacks some platform's binaries silently leaves them out; installing then fails
 *    on other people's machines. So each optional dependency of a locked package must be locked too.
 * 2. Without `integrity` nobody notices when a package's content changes.
 * 3. An address in the lock ties it to one registry, or hides a package from anywhere else; `.npmrc` keeps addresses out.
 * 4. An install script runs on the machine of whoever installs us. What our users install has none.
 * 5. A range in one of our own manifests is a release that nobody has chosen (A104). Every version is exact.
 *
 * And one about what runs with our rights when we publish: every action of a workflow is pinned to a commit.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workflowProblems } from './lib/workflows.mjs';

const WORKFLOWS = new URL('../.github/workflows/', import.meta.url);

/**
 * @param {{ packages: Record<string, object> }} lock the parsed `package-lock.json`, version 3.
 * @returns {string[]} what is wrong, one sentence each.
 */
export function lockProblems({ packages }) {
  const entries = Object.entries(packages);
  return [
    ...entries.flatMap(([path, entry]) => missingOptionals(path, entry, packages)),
    ...entries.filter(lacksIntegrity).map(([path]) => `${path} has no integrity`),
    ...entries.flatMap(([path, entry]) => (isOurs(path) ? ranges(path, entry) : [])),
    ...entries.filter(hasAddress).map(([path, { resolved }]) => `${path} is locked to ${resolved}`),
    ...[...installedByUsers(packages)]
      .filter((path) => packages[path].hasInstallScript)
      .map((path) => `${path} runs a script when our users install it`),
  ];
}

const isOurs = (path) => path.split('/').every((part) => part !== 'node_modules');

const CHARACTER = /^[0-9a-z.+-]$/iu;

/** Semantic Versioning 2.0.0 §2: three numbers, then perhaps a pre-release; a range has other characters or fewer parts. */
function isExact(wanted) {
  // `npm:other-name@1.2.3` is a package under another name (npm-install, "alias").
  const version = wanted.startsWith('npm:') ? wanted.slice(wanted.lastIndexOf('@') + 1) : wanted;
  const [core = ''] = version.split('-', 1);
  const numbers = core.split('.');
  const isNumber = (part) => part !== '' && String(Number(part)) === part;
  return numbers.length === 3 && numbers.every(isNumber) && Array.from(version).every((c) => CHARACTER.test(c));
}

function ranges(path, { dependencies, devDependencies, optionalDependencies }) {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !isExact(version))
    .map(([name, version]) => `${path === '' ? 'the root' : path} wants ${name} ${version}: pin it`);
}

function missingOptionals(path, entry, packages) {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => locate(name, path, packages) === undefined)
    .map((name) => `${name}, optional for ${path}, is not locked`);
}

function lacksIntegrity([path, entry]) {
  return path.includes('node_modules/') && !entry.link && !entry.inBundle && entry.integrity === undefined;
}

function hasAddress([, { resolved, link }]) {
  return resolved !== undefined && !link;
}

/** @returns {string[]} */
export function publishedPackages(packages) {
  return Object.keys(packages).filter((path) => path.startsWith('packages/') && isOurs(path));
}

/**
 * Everything reachable from the packages we publish, or from those given, without going through a development dependency.
 * @returns {Set<string>} paths in the lock.
 */
export function installedByUsers(packages, roots = publishedPackages(packages)) {
  const reached = new Set();
  const queue = [...roots];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const { dependencies = {}, optionalDependencies = {} } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = locate(name, path, packages);
      if (found !== undefined) queue.push(found);
    }
  }
  return reached;
}

/** Node's look-up: the nearest `node_modules` upwards; a workspace is a link to its folder. */
function locate(name, from, packages) {
  for (let folder = from; ; folder = parentOf(folder)) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const entry = packages[path];
    if (entry !== undefined) return entry.link ? entry.resolved : path;
    if (folder === '') return undefined;
  }
}

function parentOf(folder) {
  const end = folder.lastIndexOf('/node_modules/');
  if (end !== -1) return folder.slice(0, end);
  return '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  const files = readdirSync(WORKFLOWS).map((name) => [name, readFileSync(new URL(name, WORKFLOWS), 'utf8')]);
  const problems = [...lockProblems(lock), ...workflowProblems(Object.fromEntries(files))];
  for (const problem of problems.slice(0, 20)) console.error(problem);
  const installed = [...installedByUsers(lock.packages)].filter((path) => !isOurs(path)).length;
  console.log(
    `${Object.keys(lock.packages).length} locked packages, ${installed} of them installed by users; ${problems.length} problems`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
