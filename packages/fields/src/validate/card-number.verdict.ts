import { brandRules, cardBrandOf } from '../brand/card-brand.js';
import { passesLuhn } from './luhn.js';
import { INCOMPLETE, VALID, invalid, type Circumstances, type Verdict } from './verdict.js';

/** The length of most numbers, of whatever brand. */
const USUAL = 16;

/**
 * Judges a card number.
 *
 * Security: a number is on its way through every shorter length, and the host sees each change of its status. One in ten
 * of the 13-digit beginnings of a 16-digit Visa passes the check; had each legal length its verdict, those blips would
 * tell check digits of beginnings (A32, T01). So while it is typed a number is judged at sixteen digits and at its brand's
 * longest length only, and elsewhere when the shopper has settled. Sixteen for every brand: when a verdict comes must not
 * tell one brand from another.
 */
export function judgeCardNumber(digits: string, { settled }: Circumstances): Verdict {
  const { lengths, luhn } = brandRules(cardBrandOf(digits));
  const size = digits.length;
  const longest = Math.max(...lengths);
  if (size > longest) return invalid('number-length');
  if (!settled && size < longest && size !== USUAL) return INCOMPLETE;
  if (!lengths.includes(size)) return size < Math.min(...lengths) ? INCOMPLETE : invalid('number-length');
  return luhn && !passesLuhn(digits) ? invalid('number-check') : VALID;
}
