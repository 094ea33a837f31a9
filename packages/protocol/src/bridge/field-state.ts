import { MOST_FIELDS, name } from '../config/vocabulary.js';
import { array, boolean, object, oneOf, optional, string, type Infer } from '../schema/schema.js';

/** Why a value is not valid. Codes; the words come from the page's message catalogue. */
export const fieldErrorCode = oneOf([
  'required',
  'incomplete',
  'number-check',
  'number-length',
  'expiry-month',
  'expiry-past',
  'expiry-far',
  'cvc-length',
  'characters',
  'too-long',
]);
export type FieldErrorCode = Infer<typeof fieldErrorCode>;

/** Card brands that Cloister knows. */
export const cardBrand = oneOf([
  'visa',
  'mastercard',
  'amex',
  'discover',
  'diners',
  'jcb',
  'unionpay',
  'maestro',
  'elo',
  'hipercard',
  'mir',
  'rupay',
  'troy',
  'verve',
]);
export type CardBrand = Infer<typeof cardBrand>;

/** Facts about a complete value; present only when the configuration discloses them. */
export const facts = object({
  brand: optional(cardBrand),
  /** The last four digits. */
  last4: optional(string({ min: 4, max: 4 })),
  /** The first eight digits of a number of sixteen or more, else the first six (PCI SSC FAQ 1091). */
  bin: optional(string({ min: 6, max: 8 })),
});
export type Facts = Infer<typeof facts>;

/**
 * All that a page ever learns about a field while it is filled in.
 *
 * Security: this enumeration is the documented bound of what the host can observe (rule 1); nothing else about a value
 * crosses, and it is sent when it changes, not per key.
 */
export const fieldState = object({
  name,
  status: oneOf(['empty', 'incomplete', 'invalid', 'valid']),
  error: optional(fieldErrorCode),
  focused: boolean(),
  touched: boolean(),
  facts: optional(facts),
});
export type FieldState = Infer<typeof fieldState>;
export type FieldStatus = FieldState['status'];

/** What a collect frame says of the fields that it has drawn. */
export const drawn = object({
  fields: array(fieldState, { max: MOST_FIELDS }),
  /** Names the fields that the configuration lets be empty: a fact about it, not about a value. */
  optional: optional(array(name, { max: MOST_FIELDS })),
});
export type Drawn = Infer<typeof drawn>;
