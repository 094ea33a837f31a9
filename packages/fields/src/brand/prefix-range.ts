import type { PrefixRange } from '../data/card-brands.js';

/** ISO/IEC 7812-1 numbers are told apart by their first six digits here; no range of the tables is finer. */
const DIGITS = 6;

/** Six-digit prefixes from the first to the last, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const between = (first: string, last: string): Span => ({
  from: Number(first.padEnd(DIGITS, '0')),
  to: Number(last.padEnd(DIGITS, '9')),
});

export const spanOfRange = ([first, last]: PrefixRange): Span => between(String(first), String(last));

/** Every six-digit prefix that a number with this beginning may turn out to have. */
export const spanOfNumber = (digits: string): Span => between(digits.slice(0, DIGITS), digits.slice(0, DIGITS));

/** Invariant: digits that are added never take a number out of a range that it was in. */
export const within = (inner: Span, outer: Span): boolean => inner.from >= outer.from && inner.to <= outer.to;
