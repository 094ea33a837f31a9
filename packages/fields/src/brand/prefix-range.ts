import type { PrefixRange } from '../data/card-brands.js';

/** ISO/IEC 7812-1 numbers are told apart by their first six digits here; no range of the tables is finer. */
const DIGITS = 6;

/**
 * How many six-digit prefixes a range spans, when every completion of `digits` lies in it; `undefined` otherwise.
 * Invariant: digits that are added never take a number out of a range that it was in.
 */
export function spanAround(digits: string, [first, last]: PrefixRange): number | undefined {
  const head = digits.slice(0, DIGITS);
  const from = Number(String(first).padEnd(DIGITS, '0'));
  const to = Number(String(last).padEnd(DIGITS, '9'));
  const inside = Number(head.padEnd(DIGITS, '0')) >= from && Number(head.padEnd(DIGITS, '9')) <= to;
  return inside ? to - from + 1 : undefined;
}
