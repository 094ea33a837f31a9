/**
 * Why this exists: the reference pages are made from the very tables that decide at run time, so that they cannot say
 * anything else. `--check` writes nothing and fails when a page is stale, or when a link of any page leads nowhere.
 *
 *     node scripts/docs.mjs [--check]
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { configurationPage } from './docs/configuration-page.mjs';
import { errorsPage } from './docs/errors-page.mjs';
import { hostingPages } from './docs/hosting-pages.mjs';
import { linkProblems } from './docs/links.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const BUILT = new URL('../packages/', import.meta.url);

const checking = process.argv.includes('--check');
const [protocol, vault, csp] = await Promise.all([built('protocol'), built('vault'), built('csp')]);
const pages = {
  'configuration.md': configurationPage(protocol),
  'errors.md': errorsPage({ ...protocol, ...vault }),
  'openapi.json': JSON.stringify(vault.openApiDocument()),
  ...hostingPages(csp),
};

const stale = [];
for (const [name, text] of Object.entries(pages)) {
  const file = `${DOCS}${name}`;
  const page = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if ((await readFile(file, 'utf8').catch(() => undefined)) === page) continue;
  stale.push(name);
  if (checking) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, page);
}
const verdict = checking ? 'stale; run: npm run docs' : 'written';
console.log(stale.length === 0 ? 'the reference pages are current' : `docs/${stale.join(', docs/')} ${verdict}`);
const broken = checking ? await brokenLinks() : [];
for (const problem of broken) console.error(problem);
if (checking) console.log(`${broken.length} broken links`);
process.exitCode = checking && stale.length + broken.length > 0 ? 1 : 0;

function built(name) {
  return import(new URL(`${name}/dist/index.js`, BUILT).href);
}

async function brokenLinks() {
  const inDocs = (await readdir(DOCS, { recursive: true })).map((name) => `docs/${name.replaceAll('\\', '/')}`);
  const names = [...(await readdir(ROOT)), ...inDocs].filter((name) => name.endsWith('.md')).sort();
  const texts = names.map(async (name) => [name, await readFile(`${ROOT}${name}`, 'utf8')]);
  const catalogue = JSON.parse(await readFile(`${ROOT}test/catalogue/catalogue.json`, 'utf8'));
  return linkProblems(new Map(await Promise.all(texts)), {
    exists: (path) => existsSync(`${ROOT}${path}`),
    attacks: new Set(catalogue.map(({ id }) => id)),
  });
}
