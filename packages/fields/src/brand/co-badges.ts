import { CO_BADGES, type CoBadge } from '../data/co-badges.js';
import { cardBrandOf } from './card-brand.js';
import { digitsOf } from '../format/digits.js';
import { spanOfNumber, spanOfRange, within } from './prefix-range.js';

/**
 * The further schemes that this number's card is known to carry. Schemes without published ranges (Cartes Bancaires) are
 * never in the answer; `CO_BADGES` names them.
 */
export function coBadgesOf(number: string): readonly CoBadge[] {
  const brand = cardBrandOf(number);
  const span = spanOfNumber(digitsOf(number));
  return CO_BADGES.filter(
    (rule) => rule.brand === brand && rule.prefixes?.some((range) => within(span, spanOfRange(range))),
  ).map((rule) => rule.badge);
}
