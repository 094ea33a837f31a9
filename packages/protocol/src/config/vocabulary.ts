import { NAME, ORIGIN } from '../schema/formats.js';
import { integer, oneOf, string, type Infer } from '../schema/schema.js';

/** What a field holds: its format, validation, keyboard and class of data come with the type. */
export const fieldType = oneOf(['card-number', 'card-expiry', 'card-cvc', 'person-name', 'text']);
export type FieldType = Infer<typeof fieldType>;

/** From least to most: nothing, bullets only, bullets and the last four characters, everything. */
export const redaction = oneOf(['redacted', 'masked', 'last4', 'plain']);
export type Redaction = Infer<typeof redaction>;

const REDACTION_ORDER: readonly Redaction[] = ['redacted', 'masked', 'last4', 'plain'];

/** The stricter of several ceilings: what may be shown is the minimum of field, grant and wish. */
export function strictest(first: Redaction, ...others: readonly Redaction[]): Redaction {
  return [first, ...others].reduce((low, next) =>
    REDACTION_ORDER.indexOf(next) < REDACTION_ORDER.indexOf(low) ? next : low,
  );
}

/** A fact about a valid value that the configuration may disclose to the page. */
export const factName = oneOf(['brand', 'last4', 'bin']);
export type FactName = Infer<typeof factName>;

/** The name of a collection or a field. */
export const name = string({ min: 1, max: 40, format: NAME });

/** Fields of a collection, and so of a form, a frame and a record. */
export const MOST_FIELDS = 100;

/** An exact origin, e.g. `https://shop.example`. */
export const origin = string({ min: 8, max: 300, format: ORIGIN });

/** How long a value is kept: a number and `m` (minutes), `h` (hours) or `d` (days); without it, until it is deleted. */
export const keep = string({ min: 2, max: 6 });

/** Uses and minutes of a session. */
export const sessionUses = integer(1, 100);
export const sessionMinutes = integer(1, 15);
