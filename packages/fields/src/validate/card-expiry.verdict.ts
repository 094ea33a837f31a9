import { expiryCapacity, monthOf, type Month } from '../format/expiry-digits.js';
import { INCOMPLETE, VALID, invalid, type Circumstances, type Verdict } from './verdict.js';

/** Cards live for some years; a date further away is a slip. */
const FAR_MONTHS = 20 * 12;

/** The month ends last at UTC-12; until then some shopper's card is still good. */
const WESTMOST = 12 * 60 * 60 * 1000;

const ended = ({ year, month }: Month, now: number): boolean => now >= Date.UTC(year, month, 1) + WESTMOST;

function monthsAhead({ year, month }: Month, now: number): number {
  const today = new Date(now);
  return (year - today.getUTCFullYear()) * 12 + month - 1 - today.getUTCMonth();
}

/** Judges an expiry date; a card is valid until its month has ended everywhere (ISO/IEC 7813 §5). */
export function judgeExpiry(digits: string, { now, settled }: Circumstances): Verdict {
  const month = Number(digits.slice(0, 2));
  if (digits.length >= 2 && (month < 1 || month > 12)) return invalid('expiry-month');
  const date = monthOf(digits);
  // `12/20` is the year 2020, or the beginning of `12/2030`: only a shopper who has settled says which.
  if (date === undefined || (!settled && digits.length < expiryCapacity(digits))) return INCOMPLETE;
  if (ended(date, now)) return invalid('expiry-past');
  return monthsAhead(date, now) > FAR_MONTHS ? invalid('expiry-far') : VALID;
}
