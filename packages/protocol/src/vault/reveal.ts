import { fieldType, origin, redaction } from '../config/vocabulary.js';
import { anyOf, array, literal, object, optional, string, type Infer } from '../schema/schema.js';
import { token } from './tokens.js';

/**
 * `POST /v1/reveal`: the coordinator fetches values to show. Never GET: tokens do not belong into URLs.
 * Headers: `Authorization: DPoP <session>`, `DPoP: <proof>` (RFC 9449).
 */
export const revealRequest = object({
  origin,
  tokens: array(token, { min: 1, max: 100 }),
  /** A wish: the answer is the strictest of this, the grant and the field's `reveal`. */
  redaction: optional(redaction),
});
export type RevealRequest = Infer<typeof revealRequest>;

/** One value, redacted by the vault: `value` is canonical (for the clipboard), `text` is set for reading. */
export const revealedValue = object({
  token,
  type: fieldType,
  redaction,
  value: string({ max: 1000 }),
  text: string({ max: 1100 }),
});
export type RevealedValue = Infer<typeof revealedValue>;

/** Unknown, foreign, expired and forbidden tokens are not told apart. */
export const missingValue = object({ token, error: literal('not-found') });

export const revealResponse = object({ values: array(anyOf([revealedValue, missingValue]), { max: 100 }) });
export type RevealResponse = Infer<typeof revealResponse>;
