import { FIELD_DEFINITIONS } from '@cloister/fields';
import { factName } from '@cloister/protocol';
import fc from 'fast-check';
import { FIELD_TYPES } from '../information/secrets.js';
import { SECRET_CLASSES, twinsOf, type Twins } from '../twins.js';
import type { Disclosure } from './visits.js';

/** Secrets by field; fields are named by their types. */
export type Values = Readonly<Record<string, string>>;

const FACTS = factName.type === 'choice' ? factName.values : [];

/** A collection with a field of each type there is: one that tells and shows all that it may, and one that does neither. */
export const CAST_COLLECTIONS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  told: Object.fromEntries(
    FIELD_TYPES.map((type) => {
      const { dataClass, facts } = FIELD_DEFINITIONS[type];
      const disclose = facts === undefined ? {} : { disclose: FACTS };
      return [type, { type, ...disclose, ...(dataClass === 'sad' ? {} : { reveal: 'plain' }) }];
    }),
  ),
  untold: Object.fromEntries(FIELD_TYPES.map((type) => [type, { type }])),
};

export const collectionOf = (disclosure: Disclosure): string => (disclosure === 'all facts' ? 'told' : 'untold');

/** Fields whose values may be shown at all. */
export const SHOWN: readonly string[] = FIELD_TYPES.filter((type) => FIELD_DEFINITIONS[type].dataClass !== 'sad');

const sample = (twins: fc.Arbitrary<Twins>): Twins => fc.sample(twins, { numRuns: 1, seed: 7 })[0] ?? ['', ''];
const keys = (secret: string): number => Array.from(secret).length;

/** Where nothing is disclosed, secrets of two classes that take as many keys are of one: a Visa and a Mastercard. */
function twins(type: (typeof FIELD_TYPES)[number], disclosure: Disclosure): Twins {
  const [first = fc.constant(''), second = first] = SECRET_CLASSES[type];
  const [one, other] = sample(fc.tuple(first, second));
  return disclosure === 'no facts' && keys(one) === keys(other) && one !== other
    ? [one, other]
    : sample(twinsOf(first));
}

/** Two secrets of one class for each field. */
export function castOf(disclosure: Disclosure): readonly [Values, Values] {
  const all = FIELD_TYPES.map((type) => [type, twins(type, disclosure)] as const);
  const each = (at: 0 | 1): Values => Object.fromEntries(all.map(([type, pair]) => [type, pair[at]]));
  return [each(0), each(1)];
}
