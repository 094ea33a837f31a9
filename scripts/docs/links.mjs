/**
 * Why this exists: a claim about security links to the attack that tries it. A link to an attack that nobody catalogued,
 * or to a page that is gone, is a claim without proof.
 */
import { dirname, join, normalize } from 'node:path';

const CATALOGUE = 'docs/security/attacks.md';
const ELSEWHERE = ['http:', 'https:', 'mailto:'];

/**
 * @param {ReadonlyMap<string, string>} pages path from the root → Markdown.
 * @param {{ exists: (path: string) => boolean, attacks: ReadonlySet<string> }} world
 * @returns {string[]} what is wrong, one sentence each.
 */
export function linkProblems(pages, { exists, attacks }) {
  return [...pages].flatMap(([page, text]) =>
    linksIn(text).flatMap(({ label, target }) => {
      if (ELSEWHERE.some((scheme) => target.startsWith(scheme))) return [];
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (file.startsWith('..') || !exists(file)) return [`${page} links to ${target}, which is not there`];
      if (anchor === undefined || !file.endsWith('.md')) return [];
      const problem = file === CATALOGUE ? wrongAttack(label, anchor, attacks) : wrongHeading(anchor, pages.get(file));
      return problem === undefined ? [] : [`${page} links to ${target}: ${problem}`];
    }),
  );
}

/** `[A44](attacks.md#a44)` must say the id that it links to, and the catalogue must know it. */
function wrongAttack(label, anchor, attacks) {
  // The catalogue links within itself, to its lists of tests.
  if (anchor.startsWith('tests-')) return undefined;
  const id = anchor.toUpperCase();
  if (!attacks.has(id)) return `the catalogue has no ${id}`;
  return isId(label) && label !== id ? `it says ${label}` : undefined;
}

function isId(label) {
  return /^[AT]\d+$/u.test(label);
}

function wrongHeading(anchor, text = '') {
  const anchors = text.split('\n').flatMap((line) => (line.startsWith('#') ? [slug(line)] : []));
  return anchors.includes(anchor) || text.includes(`id="${anchor}"`) ? undefined : 'no such heading';
}

/** As code hosts do it: lower case, words joined by hyphens, other characters dropped. */
function slug(heading) {
  const words = heading.replace(/^#+/u, '').trim().toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}

/** Inline links of a page outside of its code. */
function linksIn(text) {
  const prose = text.split('```').filter((_, index) => index % 2 === 0);
  return prose.flatMap((part) => {
    const pieces = part.split('](');
    return pieces.slice(1).map((piece, index) => ({
      label: pieces[index].slice(pieces[index].lastIndexOf('[') + 1),
      target: piece.split(')', 1)[0].split(' ', 1)[0],
    }));
  });
}
