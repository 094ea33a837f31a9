import type { CardBrand } from '@cloister/protocol';
import { CARD_BRANDS } from '../src/data/card-brands.js';
import { passesLuhn } from '../src/validate/luhn.js';

/**
 * Test numbers in common use at processors (https://docs.stripe.com/testing and others), and made-up ones with the right
 * check digit for brands that have none. They belong to nobody.
 */
export const KNOWN: readonly (readonly [string, CardBrand])[] = [
  ['4242424242424242', 'visa'],
  ['4000056655665556', 'visa'],
  ['4222222222222', 'visa'],
  ['5555555555554444', 'mastercard'],
  ['2223003122003222', 'mastercard'],
  ['5105105105105100', 'mastercard'],
  ['378282246310005', 'amex'],
  ['371449635398431', 'amex'],
  ['6011111111111117', 'discover'],
  ['6445644564456445', 'discover'],
  ['36227206271667', 'diners'],
  ['30569309025904', 'diners'],
  ['3566002020360505', 'jcb'],
  ['6200000000000005', 'unionpay'],
  ['6205500000000000004', 'unionpay'],
  ['6771798021000008', 'maestro'],
  ['6759649826438453', 'maestro'],
  ['5066991111111118', 'elo'],
  ['6062828888666688', 'hipercard'],
  ['2200000000000004', 'mir'],
  ['5081229900000015', 'rupay'],
  ['9792030394440796', 'troy'],
  ['5060990000000008', 'verve'],
];

/** A number of a brand: a prefix of it, the given middle, and the check digit. */
export function numberOf(brand: CardBrand, length: number, middle: string): string {
  const prefix = String(CARD_BRANDS[brand].prefixes[0]?.[0] ?? '');
  const body = prefix + middle.slice(0, length - prefix.length - 1).padEnd(length - prefix.length - 1, '7');
  return body + (Array.from('0123456789').find((last) => passesLuhn(body + last)) ?? '');
}
