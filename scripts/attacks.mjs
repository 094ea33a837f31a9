/**
 * Why this exists: `docs/security/attacks.md` says which attacks are proven to be stopped, and in which engines. It comes from
 * test runs, and a proof that disappears fails the next one.
 *
 *     node scripts/attacks.mjs             writes proofs and page from the reports in test-results/
 *     node scripts/attacks.mjs --check     the reports that are there against the proofs
 *     node scripts/attacks.mjs --page      the page against catalogue and proofs; needs no run
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { attacksPage } from './attacks/page.mjs';
import { outcomesOfPlaywright, outcomesOfVitest, proofsFrom, vanished } from './attacks/proofs.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CATALOGUE = `${ROOT}test/catalogue/catalogue.json`;
const PROOFS = `${ROOT}test/catalogue/proofs.json`;
const PAGE = `${ROOT}docs/security/attacks.md`;

/** What each report covers. */
const REPORTS = [
  { file: 'vitest.json', read: outcomesOfVitest, places: ['Node'] },
  { file: 'playwright.json', read: outcomesOfPlaywright, places: ['Chromium'] },
  { file: 'engines.json', read: outcomesOfPlaywright, places: ['Chromium', 'Firefox', 'WebKit'] },
];

const [mode] = process.argv.slice(2);
if (mode === '--check') check();
else if (mode === '--page') await checkPage();
else await write();

async function write() {
  const before = load(PROOFS) ?? { proofs: {}, weakened: {} };
  const { proofs, places } = current();
  const kept = Object.fromEntries(
    catalogueIds().map((id) => [id, { ...omit(before.proofs[id] ?? {}, places), ...(proofs[id] ?? {}) }]),
  );
  const weakened = load(`${ROOT}test-results/weakened.json`)?.caught ?? before.weakened;
  mkdirSync(`${ROOT}docs/security`, { recursive: true });
  const text = JSON.stringify({ proofs: withoutEmpty(kept), weakened });
  writeFileSync(PROOFS, await format(text, { ...(await resolveConfig(PROOFS)), filepath: PROOFS }));
  writeFileSync(PAGE, await page());
  const strange = Object.keys(proofs).filter((id) => !catalogueIds().includes(id));
  if (strange.length > 0) fail([`not in the catalogue: ${strange.join(', ')}`]);
}

/** Only reports that are there count, so that one engine can be run alone. */
function check() {
  const { proofs, places, strays } = current();
  const before = load(PROOFS)?.proofs ?? {};
  const lost = vanished(before, proofs, places);
  const added = vanished(proofs, before, places);
  if (added.length > 0) console.log(`${added.length} proofs are new; \`node scripts/attacks.mjs\` writes them down.`);
  if (lost.length > 0 || strays.length > 0) fail([...lost.map((line) => `gone: ${line}`), ...strays]);
  console.log(
    `${Object.keys(before).length} attacks are proven, ${lost.length} proofs are gone (${places.join(', ')})`,
  );
}

async function checkPage() {
  if (readFileSync(PAGE, 'utf8') !== (await page()))
    fail(['docs/security/attacks.md is stale: `node scripts/attacks.mjs`']);
}

async function page() {
  const { proofs, weakened } = load(PROOFS);
  return format(attacksPage(load(CATALOGUE), proofs, weakened), { ...(await resolveConfig(PAGE)), filepath: PAGE });
}

function current() {
  const found = REPORTS.map((report) => ({ ...report, content: load(`${ROOT}test-results/${report.file}`) })).filter(
    ({ content }) => content !== undefined,
  );
  const outcomes = found.flatMap(({ read, content }) => read(content, ROOT));
  // An engine that did not run has no outcomes; Chromium's proofs stand in two reports and need the first.
  const ran = new Set(outcomes.map(({ where }) => where));
  const hasMain = found.some(({ file }) => file === 'playwright.json');
  const places = ['Node', 'Chromium', 'Firefox', 'WebKit'].filter(
    (place) => ran.has(place) && (place !== 'Chromium' || hasMain),
  );
  const proofs = proofsFrom(outcomes);
  const ids = catalogueIds();
  const strays = Object.keys(proofs)
    .filter((id) => !ids.includes(id))
    .map((id) => `not in the catalogue: ${id}`);
  return { proofs, places, strays };
}

function catalogueIds() {
  return load(CATALOGUE).map(({ id }) => id);
}

function withoutEmpty(proofs) {
  return Object.fromEntries(Object.entries(proofs).filter(([, cells]) => Object.keys(cells).length > 0));
}

function omit(cells, places) {
  return Object.fromEntries(Object.entries(cells).filter(([place]) => !places.includes(place)));
}

function load(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function fail(lines) {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
