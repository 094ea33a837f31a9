import type { CardBrand } from '@cloister/protocol';
import { CARD_BRANDS, CARD_BRAND_NAMES, UNKNOWN_BRAND, type CardBrandRules } from '../data/card-brands.js';
import { digitsOf } from '../format/digits.js';
import { spanAround } from './prefix-range.js';

/**
 * The brand of a card number, or of its beginning as soon as that leaves no doubt about a range.
 *
 * @param number - digits in any script, with or without separators.
 * @returns the brand with the narrowest matching range; `undefined` when none is known.
 */
export function cardBrandOf(number: string): CardBrand | undefined {
  const digits = digitsOf(number);
  let best: CardBrand | undefined;
  let narrowest = Infinity;
  for (const brand of CARD_BRAND_NAMES) {
    for (const range of CARD_BRANDS[brand].prefixes) {
      const span = spanAround(digits, range) ?? Infinity;
      if (span < narrowest) [best, narrowest] = [brand, span];
    }
  }
  return best;
}

/** What a number of that brand, or of none that is known, has to fulfil. */
export const brandRules = (brand: CardBrand | undefined): Omit<CardBrandRules, 'cvc'> =>
  brand === undefined ? UNKNOWN_BRAND : CARD_BRANDS[brand];

/** The most digits that a number with this beginning may have. */
export const longestLength = (digits: string): number => brandRules(cardBrandOf(digits)).lengths.at(-1) ?? 0;

/** The digits of a brand's security code; `undefined` when the brand is. */
export const cvcSize = (brand: CardBrand | undefined): number | undefined =>
  brand === undefined ? undefined : CARD_BRANDS[brand].cvc;
