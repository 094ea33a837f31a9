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
    // Brands of one length and of many, one that nobody knows, and two that agree in all that could be disclosed: without
    // `disclose` a page may not tell them apart.
    valid: [
      '4242424242424242',
      '4242424291914242',
      '5555555555554444',
      '6200000000000005',
      '6759649826438453',
      '6062828888666688',
      '2200000000000004',
      '0000000000000000',
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
    valid: ['Maria', 'Zoë B', '山田 太郎', 'สมชาย'],
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

/** How many keys each secret of a type takes. */
export function keysOf(type: FieldType): number {
  const [count = 0, ...others] = new Set(labelled(type).map(({ secret }) => Array.from(secret).length));
  if (others.length > 0) throw new Error(`secrets of a ${type} take different numbers of keys`);
  return count;
}
