import type { CardBrand } from '@cloister/protocol';
import type { PrefixRange } from './card-brands.js';

/** A second scheme that a card of a brand may carry beside it. */
export type CoBadge = CardBrand | 'cartes-bancaires' | 'dankort';

/** A pair of schemes on one card. No `prefixes`: the scheme publishes none, and only its own directory could tell. */
export interface CoBadgeRule {
  readonly brand: CardBrand;
  readonly badge: CoBadge;
  readonly prefixes?: readonly PrefixRange[];
}

/**
 * Read on 2026-11-22 from https://en.wikipedia.org/wiki/Payment_card_number. EU regulation 2015/751 art. 8(6) gives the
 * shopper the choice between the schemes of a co-badged card.
 */
export const CO_BADGES: readonly CoBadgeRule[] = [
  { brand: 'visa', badge: 'cartes-bancaires' },
  { brand: 'mastercard', badge: 'cartes-bancaires' },
  { brand: 'visa', badge: 'dankort', prefixes: [[4571, 4571]] },
  { brand: 'maestro', badge: 'dankort', prefixes: [[5019, 5019]] },
  { brand: 'unionpay', badge: 'discover', prefixes: [[622126, 622925]] },
  {
    brand: 'jcb',
    badge: 'rupay',
    prefixes: [
      [353, 353],
      [356, 356],
    ],
  },
  {
    brand: 'elo',
    badge: 'visa',
    prefixes: [
      [401178, 401179],
      [438935, 438935],
      [457631, 457632],
    ],
  },
  { brand: 'elo', badge: 'discover', prefixes: [[650, 655]] },
  { brand: 'discover', badge: 'troy' },
];
