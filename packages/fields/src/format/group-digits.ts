import { brandRules, cardBrandOf } from '../brand/card-brand.js';

const FOURS = [4, 8, 12, 16] as const;

/** A card number as it stands on the card: in fours, or as its brand groups it. No space follows the last digit. */
export function groupCardNumber(digits: string): string {
  const { gaps } = brandRules(cardBrandOf(digits));
  const after = gaps !== undefined && digits.length <= gaps.upTo ? gaps.after : FOURS;
  let text = '';
  for (let index = 0; index < digits.length; index += 1) {
    text += after.some((gap) => gap === index) ? ` ${digits.charAt(index)}` : digits.charAt(index);
  }
  return text;
}
