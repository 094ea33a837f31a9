import { digitRuns, digitsOf } from './digits.js';

/**
 * The digits of an expiry date are `MMYY`, or `MMYYYY` for a year outside 2000–2099 or one that is still being typed.
 * With fewer digits they are the beginning of that.
 */

const CENTURIES: readonly string[] = ['19', '20'];

/** Years of this century are written with two digits (ISO/IEC 7813 §5). */
const shorten = (month: string, year: string): string =>
  month.padStart(2, '0') + (year.length === 4 && year.startsWith('20') ? year.slice(2) : year);

/** A whole date in any order that browsers, password managers and people write it: MM/YY, MM/YYYY, MM-YY, YYYY-MM, …. */
export function readExpiry(text: string): string {
  const [first = '', second = '', ...rest] = digitRuns(text);
  const shape = `${String(first.length)},${String(second.length)}`;
  if (YEAR_FIRST.includes(shape)) return shorten(second, first);
  if (rest.length === 0 && MONTH_FIRST.includes(shape)) return shorten(first, second);
  return rest.length === 0 && shape === '6,0' ? readSix(first) : digitsOf(text);
}

/** Numbers of digits in the first two runs. */
const YEAR_FIRST: readonly string[] = ['4,1', '4,2'];
const MONTH_FIRST: readonly string[] = ['1,2', '2,2', '1,4', '2,4'];

/** Six digits in one run are MMYYYY when that makes a month, else YYYYMM. */
const readSix = (digits: string): string =>
  Number(digits.slice(0, 2)) <= 12
    ? shorten(digits.slice(0, 2), digits.slice(2))
    : shorten(digits.slice(4), digits.slice(0, 4));

const SEPARATORS = '/-. ';

/**
 * What a key at the end of the field means: 5 is May, 13 is January and a 3, `1/` is January, and a year that was typed
 * with four digits is complete at its last.
 */
export function typedExpiry(digits: string, text: string): string {
  if (digits.length === 6) return shorten(digits.slice(0, 2), digits.slice(2));
  return isWholeMonth(digits, SEPARATORS.includes(text.slice(-1))) ? `0${digits}` : digits;
}

/** Whether the first digit is all of the month, as the next key cannot or did not go on with it. */
function isWholeMonth(digits: string, separated: boolean): boolean {
  if (digits.length === 1) return digits > '1' || (digits === '1' && separated);
  return digits.length === 2 && digits > '12' && digits < '20';
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
