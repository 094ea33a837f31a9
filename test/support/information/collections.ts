import type { FactName, FieldType } from '@cloister/protocol';
import { FIELD_TYPES } from './secrets.js';

/** A collection for each type, with one field of it that discloses nothing. */
export const ONE_OF_EACH = Object.fromEntries(FIELD_TYPES.map((type) => [type, { field: { type } }]));

/** The same, with one fact disclosed. */
export const oneFact = (type: FieldType, fact: FactName): Readonly<Record<string, object>> => ({
  [`${type}-${fact}`]: { field: { type, disclose: [fact] } },
});
