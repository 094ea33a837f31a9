import type { CardBrand } from '@cloister/protocol';

/** Brands as their owners write them, for the badge in the number field. */
export const BRAND_NAMES: Readonly<Record<CardBrand, string>> = {
  visa: 'VISA',
  mastercard: 'Mastercard',
  amex: 'Amex',
  discover: 'Discover',
  diners: 'Diners',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  maestro: 'Maestro',
  elo: 'Elo',
  hipercard: 'Hipercard',
  mir: 'Mir',
  rupay: 'RuPay',
  troy: 'Troy',
  verve: 'Verve',
};
