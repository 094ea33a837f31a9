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
import { fileOf, outcomesOfPlaywright, outcomesOfVitest, proofsFrom, vanished } from './attacks/proofs.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CATALOGUE = `${ROOT}test/catalogue/catalogue.json`;
const PROOFS = `${ROOT}test/catalogue/proofs.json`;
const PAGE = `${ROOT}docs/security/attacks.md`;

/** What the runs leave behind. */
const REPORTS = [
  { file: 'vitest.json', read: outcomesOfVitest },
  { file: 'playwright.json', read: outcomesOfPlaywright },
  { file: 'engines.json', read: outcomesOfPlaywright },
];

const [mode] = process.argv.slice(2);
if (mode === '--check') check();
else if (mode === '--page') await checkPage();
else await write();

async function write() {
  const before = load(PROOFS) ?? { proofs: {}, weakened: {} };
  const { proofs, ran, strays } = current();
  const weakened = load(`${ROOT}test-results/weakened.json`)?.caught ?? before.weakened;
  mkdirSync(`${ROOT}docs/security`, { recursive: true });
  const text = JSON.stringify({ proofs: merged(before.proofs, proofs, ran), weakened });
  writeFileSync(PROOFS, await format(text, { ...(await resolveConfig(PROOFS)), filepath: PROOFS }));
  writeFileSync(PAGE, await page());
  if (strays.length > 0) fail(strays);
}

/** What ran this time replaces what was known of it; the rest stays. */
function merged(before, now, ran) {
  const kept = Object.entries(before).flatMap(([id, cells]) =>
    Object.entries(cells).flatMap(([where, cell]) =>
      cell.tests
        .filter((test) => !ran(where, fileOf(test)))
        .map((test) => ({ ...asOutcome(test), id, where, outcome: 'passed' })),
    ),
  );
  const found = Object.values(now).flatMap((cells) =>
    Object.entries(cells).flatMap(([where, { tests, skipped = [] }]) => [
      ...tests.map((test) => ({ ...asOutcome(test), where, outcome: 'passed' })),
      ...skipped.map((entry) => ({ ...asOutcome(entry), where, outcome: 'skipped' })),
    ]),
  );
  return proofsFrom([...kept, ...found]);
}

function asOutcome(test) {
  const file = fileOf(test);
  return { file, title: test.slice(file.length + ' › '.length) };
}

/** Only reports that are there count, so that one engine can be run alone. */
function check() {
  const { proofs, ran, strays } = current();
  const before = load(PROOFS)?.proofs ?? {};
  const lost = vanished(before, proofs, ran);
  const added = vanished(proofs, before, () => true);
  if (added.length > 0) console.log(`${added.length} proofs are new; \`npm run attacks\` writes them down.`);
  if (lost.length > 0 || strays.length > 0) fail([...lost.map((line) => `gone: ${line}`), ...strays]);
  console.log(`${Object.keys(before).length} attacks are proven, ${lost.length} proofs are gone`);
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
  const outcomes = REPORTS.flatMap(({ file, read }) => {
    const content = load(`${ROOT}test-results/${file}`);
    return content === undefined ? [] : read(content, ROOT);
  });
  const sources = new Set(outcomes.map(({ where, file }) => sourceOf(where, file)));
  const proofs = proofsFrom(outcomes);
  const ids = catalogueIds();
  const strays = Object.keys(proofs).filter((id) => !ids.includes(id));
  return {
    proofs,
    ran: (where, file) => sources.has(sourceOf(where, file)),
    strays: strays.map((id) => `not in the catalogue: ${id}`),
  };
}

/** The engines have a run, and a report, of their own. */
function sourceOf(where, file) {
  return `${where} ${file.startsWith('test/engines/') ? 'engines' : 'main'}`;
}

function catalogueIds() {
  return load(CATALOGUE).map(({ id }) => id);
}

function load(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function fail(lines) {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
