import type { CardBrand } from '@cloister/protocol';

/** A first and a last prefix, both included, of the same number of digits: `[51, 55]` is 51… to 55…. */
export type PrefixRange = readonly [first: number, last: number];

/** What is known of one brand. Lengths, sizes and gaps stand here and nowhere else. */
export interface CardBrandRules {
  /** In ascending order. Where brands overlap, the narrower range wins. */
  readonly prefixes: readonly PrefixRange[];
  /** Every number of digits that is in use, ascending. */
  readonly lengths: readonly number[];
  /** Digits of the security code. */
  readonly cvc: 3 | 4;
  /** Whether the last digit is the check digit of ISO/IEC 7812-1 annex B. */
  readonly luhn: boolean;
  /** A grouping other than fours, for numbers of at most `upTo` digits. */
  readonly gaps?: { readonly upTo: number; readonly after: readonly number[] };
}

const usual = { cvc: 3, luhn: true } as const;
const FROM_16 = [16, 17, 18, 19] as const;
const FROM_14 = [14, 15, ...FROM_16] as const;

/**
 * Ranges, lengths and sizes, read on 2026-11-22 from
 * - https://en.wikipedia.org/wiki/Payment_card_number (table of issuer identification numbers), and
 * - https://github.com/braintree/credit-card-type, src/lib/card-types.ts (Elo, Maestro, UnionPay 81).
 *
 * UnionPay: issued with and without a check digit, so none is demanded (card-validator: `luhnValidateUnionPay`, off by
 * default).
 */
export const CARD_BRANDS: Readonly<Record<CardBrand, CardBrandRules>> = {
  visa: { ...usual, prefixes: [[4, 4]], lengths: [13, 16, 18, 19] },
  mastercard: {
    ...usual,
    prefixes: [
      [2221, 2720],
      [51, 55],
    ],
    lengths: [16],
  },
  amex: {
    prefixes: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
    cvc: 4,
    luhn: true,
    gaps: { upTo: 15, after: [4, 10] },
  },
  discover: {
    ...usual,
    prefixes: [
      [6011, 6011],
      [644, 649],
      [65, 65],
    ],
    lengths: FROM_16,
  },
  diners: {
    ...usual,
    prefixes: [
      [300, 305],
      [309, 309],
      [36, 36],
      [38, 39],
    ],
    lengths: FROM_14,
    gaps: { upTo: 14, after: [4, 10] },
  },
  jcb: { ...usual, prefixes: [[3528, 3589]], lengths: FROM_16 },
  unionpay: {
    ...usual,
    luhn: false,
    prefixes: [
      [62, 62],
      [8100, 8171],
    ],
    lengths: FROM_16,
  },
  maestro: {
    ...usual,
    prefixes: [
      [493698, 493698],
      [50, 50],
      [56, 59],
      [63, 63],
      [67, 67],
    ],
    lengths: [12, 13, ...FROM_14],
  },
  elo: {
    ...usual,
    prefixes: [
      [401178, 401179],
      [431274, 431274],
      [438935, 438935],
      [451416, 451416],
      [457393, 457393],
      [457631, 457632],
      [504175, 504175],
      [506699, 506778],
      [509, 509],
      [627780, 627780],
      [636297, 636297],
      [636368, 636368],
      [650031, 650033],
      [650035, 650051],
      [650405, 650439],
      [650485, 650538],
      [650541, 650598],
      [650700, 650718],
      [650720, 650727],
      [650901, 650978],
      [651652, 651679],
      [655000, 655019],
      [655021, 655058],
    ],
    lengths: [16],
  },
  hipercard: { ...usual, prefixes: [[606282, 606282]], lengths: [16] },
  mir: { ...usual, prefixes: [[2200, 2204]], lengths: FROM_16 },
  rupay: {
    ...usual,
    prefixes: [
      [508, 508],
      [60, 60],
      [6521, 6522],
      [8172, 8199],
      [82, 82],
    ],
    lengths: [16],
  },
  troy: { ...usual, prefixes: [[9792, 9792]], lengths: [16] },
  verve: {
    ...usual,
    prefixes: [
      [506099, 506198],
      [507865, 507964],
      [650002, 650027],
    ],
    lengths: [16, 18, 19],
  },
};

const isCardBrand = (name: string): name is CardBrand => Object.hasOwn(CARD_BRANDS, name);

/** Every brand of the table. */
export const CARD_BRAND_NAMES: readonly CardBrand[] = /*@__PURE__*/ Object.keys(CARD_BRANDS).filter(isCardBrand);

/** ISO/IEC 7812-1: what holds for a number whose brand nobody here knows. Its security code may have either size. */
export const UNKNOWN_BRAND: Omit<CardBrandRules, 'cvc'> = {
  prefixes: [],
  lengths: [12, 13, ...FROM_14],
  luhn: true,
};
