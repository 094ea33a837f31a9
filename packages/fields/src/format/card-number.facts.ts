import type { Facts } from '@cloister/protocol';
import { cardBrandOf } from '../brand/card-brand.js';

export const lastFour = (digits: string): string => digits.slice(-4);

/** PCI SSC FAQ 1091: of sixteen digits and more the first eight may stand beside the last four, of fewer the first six. */
const issuer = (digits: string): string => digits.slice(0, digits.length >= 16 ? 8 : 6);

export function cardNumberFacts(digits: string): Facts {
  const brand = cardBrandOf(digits);
  return { ...(brand === undefined ? {} : { brand }), last4: lastFour(digits), bin: issuer(digits) };
}
