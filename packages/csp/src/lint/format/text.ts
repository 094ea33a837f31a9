import type { Finding, Place } from '../finding.js';

/** What would move a cursor, change colours, or turn the direction of a line. */
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text of others, so that a terminal shows it and does not obey it. */
export const shown = (text: string): string =>
  text.replace(UNSAFE, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);

const NAMES = {
  enforced: 'Content-Security-Policy',
  reported: 'Content-Security-Policy-Report-Only',
  meta: '<meta>',
} as const;

/** A place as people read it: which text, counted from one, and which letters of it. */
export const placeName = ({ of, value, start, end }: Place): string => `${NAMES[of]} ${value + 1}, ${start + 1}-${end}`;

function block({ severity, rule, place, message, attack, edit }: Finding): string {
  const where = place === undefined ? '' : `  ${placeName(place)}`;
  const fix = edit === undefined ? [] : [`  change: ${edit.text.trim()}`];
  return [`${severity}  ${rule}${where}`, `  ${message}`, `  attack: ${attack}`, ...fix].map(shown).join('\n');
}

const plural = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

/**
 * Findings for a terminal, without colours.
 *
 * Security: control and direction characters of a header are written out, so that it cannot write to the terminal.
 */
export const lintText = (findings: readonly Finding[]): string =>
  [...findings.map(block), findings.length === 0 ? 'No findings.' : `${plural(findings.length)}.`].join('\n\n');
