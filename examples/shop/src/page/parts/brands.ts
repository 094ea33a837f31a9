import type { Collected } from '@cloister/protocol';

const NAMES: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** What may be said about a card without seeing it: disclosed facts. */
export interface CardWords {
  readonly brand: string;
  readonly name: string;
  readonly last4: string;
}

export function wordsFor({ facts }: Collected): CardWords {
  const { brand = 'card', last4 = '••••' } = facts['number'] ?? {};
  return { brand, name: NAMES[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1), last4 };
}
