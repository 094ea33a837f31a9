import type { CardBrand } from '@cloister/protocol';
import { CARD_BRANDS, CARD_BRAND_NAMES, UNKNOWN_BRAND, type CardBrandRules } from '../data/card-brands.js';
import { digitsOf } from '../format/digits.js';
import { spanOfNumber, spanOfRange, within } from './prefix-range.js';

/** All ranges of all brands, the narrowest first, so that the first that holds a number is the one that means it. */
const RANGES = /*@__PURE__*/ CARD_BRAND_NAMES.flatMap((brand) =>
  CARD_BRANDS[brand].prefixes.map((range) => ({ brand, ...spanOfRange(range) })),
).sort((a, b) => a.to - a.from - (b.to - b.from));

/**
 * The brand of a card number, or of its beginning as soon as that leaves no doubt about a range.
 *
 * @param number - digits in any script, with or without separators.
 * @returns the brand with the narrowest matching range; `undefined` when none is known.
 */
export function cardBrandOf(number: string): CardBrand | undefined {
  const span = spanOfNumber(digitsOf(number));
  return RANGES.find((range) => within(span, range))?.brand;
}

/** What a number of that brand, or of none that is known, has to fulfil. */
export const brandRules = (brand: CardBrand | undefined): Omit<CardBrandRules, 'cvc'> =>
  brand === undefined ? UNKNOWN_BRAND : CARD_BRANDS[brand];

/** The most digits that a number with this beginning may have. */
export const longestLength = (digits: string): number => Math.max(...brandRules(cardBrandOf(digits)).lengths);

/** The digits of a brand's security code; `undefined` when the brand is. */
export const cvcSize = (brand: CardBrand | undefined): number | undefined =>
  brand === undefined ? undefined : CARD_BRANDS[brand].cvc;
