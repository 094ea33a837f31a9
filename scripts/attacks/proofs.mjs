/**
 * Why this exists: a test whose title begins with the ids of attacks says that it proves that they are stopped. This reads
 * such claims out of what the test runners reported, and finds those that were made before and are gone.
 *
 * @typedef {'Node' | 'Chromium' | 'Firefox' | 'WebKit'} Where
 * @typedef {{ readonly file: string, readonly title: string, readonly where: Where, readonly outcome: 'passed' | 'failed' | 'skipped', readonly reason?: string }} Outcome
 * @typedef {{ readonly tests: readonly string[], readonly skipped?: readonly string[] }} Cell
 * @typedef {Readonly<Record<string, Readonly<Partial<Record<Where, Cell>>>>>} Proofs by attack, by place; a test is `file › title`
 */
import { relative } from 'node:path';

/** @type {readonly Where[]} */
export const PLACES = ['Node', 'Chromium', 'Firefox', 'WebKit'];

const ID = /^(?:T01|A\d{2,3})$/u;
const PROJECTS = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/** @param {string} title @returns {readonly string[]} the ids that a title begins with. */
export function idsOf(title) {
  const words = title.split(' ');
  const end = words.findIndex((word) => !ID.test(word));
  return end < 0 ? words : words.slice(0, end);
}

/** @param {any} report Vitest's JSON reporter's. @param {string} root @returns {readonly Outcome[]} */
export function outcomesOfVitest(report, root) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file: relative(root, name),
      title: claimed([...ancestorTitles, title]),
      where: 'Node',
      outcome: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
    })),
  );
}

/**
 * @param {any} report Playwright's JSON reporter's. @param {string} root @returns {readonly Outcome[]} Projects are named
 * after engines; without projects it is Chromium.
 */
export function outcomesOfPlaywright(report, root) {
  const folder = report?.config?.rootDir ?? root;
  return (report?.suites ?? []).flatMap((suite) => outcomesOfSuite(suite, [], relative(root, folder)));
}

function outcomesOfSuite({ title, file, specs = [], suites = [] }, above, folder) {
  const path = title === file ? above : [...above, title];
  const own = specs.flatMap((spec) =>
    spec.tests.map((test) => ({
      file: [folder, spec.file].filter((part) => part !== '').join('/'),
      title: claimed([...path, spec.title]),
      where: PROJECTS[test.projectName] ?? 'Chromium',
      ...outcomeOf(test),
    })),
  );
  return [...own, ...suites.flatMap((inner) => outcomesOfSuite(inner, path, folder))];
}

function outcomeOf({ status, annotations = [] }) {
  if (status !== 'skipped') return { outcome: status === 'expected' ? 'passed' : 'failed' };
  return { outcome: 'skipped', reason: annotations.find(({ type }) => type === 'skip')?.description ?? '' };
}

/** A claim may stand on the test or on what groups it; the test's own comes first. */
function claimed(titles) {
  const own = titles.at(-1) ?? '';
  if (idsOf(own).length > 0) return own;
  const group = titles.find((title) => idsOf(title).length > 0);
  return group === undefined ? own : `${group}: ${own}`;
}

/** @param {readonly Outcome[]} outcomes @returns {Proofs} */
export function proofsFrom(outcomes) {
  const proofs = {};
  const ordered = [...outcomes].sort((a, b) => compare(a.file, b.file) || compare(a.title, b.title));
  for (const { file, title, where, outcome, reason } of ordered) {
    for (const id of idsOf(title)) {
      const cell = ((proofs[id] ??= {})[where] ??= { tests: [] });
      if (outcome === 'passed') add(cell.tests, `${file} › ${title}`);
      if (outcome === 'skipped') add((cell.skipped ??= []), `${file} › ${title}${reason ? ` (${reason})` : ''}`);
    }
  }
  return sorted(proofs);
}

function add(list, entry) {
  if (!list.includes(entry)) list.push(entry);
}

function sorted(proofs) {
  const ids = Object.keys(proofs).sort(compare);
  return Object.fromEntries(
    ids.map((id) => [
      id,
      Object.fromEntries(PLACES.flatMap((place) => (proofs[id][place] ? [[place, proofs[id][place]]] : []))),
    ]),
  );
}

function compare(a, b) {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * @param {Proofs} before @param {Proofs} now
 * @param {(place: Where, file: string) => boolean} ran whether that file's tests ran there, this time.
 * @returns {readonly string[]} a line for each proof that was there and is not.
 */
export function vanished(before, now, ran) {
  return Object.entries(before).flatMap(([id, cells]) =>
    PLACES.flatMap((place) =>
      (cells[place]?.tests ?? [])
        .filter((test) => ran(place, fileOf(test)) && !(now[id]?.[place]?.tests ?? []).includes(test))
        .map((test) => `${id} in ${place}: ${test}`),
    ),
  );
}

/** @param {string} test @returns {string} */
export function fileOf(test) {
  return test.split(' › ')[0] ?? test;
}
