import { cvcSize } from '../brand/card-brand.js';
import { INCOMPLETE, VALID, invalid, type Circumstances, type Verdict } from './verdict.js';

const SHORTEST = 3;
const LONGEST = 4;

/** The most digits of a security code. */
export const cvcCapacity = (_digits: string, brand: Circumstances['brand']): number => cvcSize(brand) ?? LONGEST;

/**
 * Judges a security code: as long as the number's brand wants it, or three or four digits while no brand is known.
 * Security: depends on the count of digits only, never on the digits.
 */
export function judgeCvc(digits: string, { brand, settled }: Circumstances): Verdict {
  const wanted = cvcSize(brand);
  const size = digits.length;
  if (size > (wanted ?? LONGEST)) return invalid('cvc-length');
  if (size === (wanted ?? LONGEST)) return VALID;
  if (!settled || size < SHORTEST) return INCOMPLETE;
  return wanted === undefined ? VALID : invalid('cvc-length');
}
