import { FIELD_DEFINITIONS } from '@cloister/fields';
import type { FieldErrorCode, FieldType } from '@cloister/protocol';

/**
 * What a page may be told of a finished value that was typed, when the configuration discloses nothing: that it is right, or
 * why it is not.
 */
type Outcome = 'valid' | FieldErrorCode;

/** Secrets by what a page may be told of them. All of one type are typed with as many keys. */
type Secrets = Readonly<Partial<Record<Outcome, readonly string[]>>>;

/** Secrets of every field type; a type without them does not compile. */
const SECRETS: Readonly<Record<FieldType, Secrets>> = {
  'card-number': {
    // From Visa to a brand that nobody knows: without `disclose` a page may not tell them apart.
    valid: [
      '4242424242424242',
      '5555555555554444',
      '6759649826438453',
      '6200000000000005',
      '0000000000000000',
      '4242424291914242',
    ],
    'number-check': ['4242424242424241', '6759649826438454'],
  },
  'card-expiry': {
    valid: ['1230', '0729', '0131'],
    'expiry-past': ['0121', '1222'],
    'expiry-far': ['0199', '1288'],
    'expiry-month': ['0030', '0055'],
  },
  'card-cvc': { valid: ['737', '102', '000', '999'] },
  'person-name': {
    valid: ['Maria', 'Zoë B', '山田 太郎', 'ก้อง'],
    characters: ['12345', '-----'],
  },
  text: {
    valid: ['first', '12345', '🦊🦊🦊🦊🦊', 'ཀྵྨྱྲ'],
    characters: ['ab\u202Ecd', 'xy\u2066zw'],
  },
};

/** Every field type there is, from the fields' own record. */
export const FIELD_TYPES = Object.values(FIELD_DEFINITIONS).map(({ type }) => type);

/** A secret, and what may be told of it. */
export interface Labelled {
  readonly secret: string;
  readonly outcome: string;
}

/** The secrets of a type, each with its outcome. */
export const labelled = (type: FieldType): readonly Labelled[] =>
  Object.entries(SECRETS[type]).flatMap(([outcome, secrets]) => secrets.map((secret) => ({ secret, outcome })));
