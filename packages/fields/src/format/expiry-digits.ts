import { digitRuns, digitsOf } from './digits.js';

/**
 * The digits of an expiry date are `MMYY`, or `MMYYYY` for a year outside 2000–2099 or one that is still being typed.
 * With fewer digits they are the beginning of that.
 */

const CENTURIES: readonly string[] = ['19', '20'];

/** Years of this century are written with two digits (ISO/IEC 7813 §5). */
const shorten = (month: string, year: string): string =>
  month.padStart(2, '0') + (year.length === 4 && year.startsWith('20') ? year.slice(2) : year);

const startsWithMonth = (digits: string): boolean => Number(digits.slice(0, 2)) <= 12;

/** A whole date in any order that browsers, password managers and people write it: MM/YY, MM/YYYY, MM-YY, YYYY-MM, …. */
export function readExpiry(text: string): string {
  const [first = '', second = '', ...rest] = digitRuns(text);
  if (first.length === 4 && second.length > 0 && second.length <= 2) return shorten(second, first);
  if (rest.length > 0) return digitsOf(text);
  if (first.length <= 2 && (second.length === 2 || second.length === 4)) return shorten(first, second);
  if (first.length !== 6 || second !== '') return digitsOf(text);
  return startsWithMonth(first)
    ? shorten(first.slice(0, 2), first.slice(2))
    : shorten(first.slice(4), first.slice(0, 4));
}

const SEPARATORS = '/-. ';

/**
 * What a key at the end of the field means: 5 is May, 13 is January and a 3, `1/` is January, and a year that was typed
 * with four digits is complete at its last.
 */
export function typedExpiry(digits: string, text: string): string {
  const [first = '', second = ''] = digits;
  if (digits.length === 1 && (first > '1' || (first === '1' && SEPARATORS.includes(text.slice(-1)))))
    return `0${digits}`;
  if (digits.length === 2 && first === '1' && second > '2') return `0${digits}`;
  return digits.length === 6 ? shorten(digits.slice(0, 2), digits.slice(2)) : digits;
}

/** `MM/YY`, with its slash as soon as the month is there. */
export const layoutExpiry = (digits: string): string =>
  digits.length < 2 ? digits : `${digits.slice(0, 2)}/${digits.slice(2)}`;

/** Four digits; six where they may be, or become, a year in full: `12/20` may go on to `12/2030`. */
export const expiryCapacity = (digits: string): number => (CENTURIES.includes(digits.slice(2, 4)) ? 6 : 4);

/** A month of a year. */
export interface Month {
  readonly year: number;
  /** 1 to 12 when the date is right. */
  readonly month: number;
}

/** The month that complete digits name; `undefined` while they are not complete. */
export function monthOf(digits: string): Month | undefined {
  if (digits.length !== 4 && digits.length !== 6) return undefined;
  const year = Number(digits.slice(2));
  return { month: Number(digits.slice(0, 2)), year: digits.length === 4 ? 2000 + year : year };
}

/** `YYYY-MM` (ISO 8601-1 §5.2.2.2); '' while the digits are not complete. */
export function canonicalExpiry(digits: string): string {
  const date = monthOf(digits);
  return date === undefined ? '' : `${String(date.year).padStart(4, '0')}-${digits.slice(0, 2)}`;
}
