import { cardBrandOf, checkCanonical } from '@cloister/fields';
import type { CollectionConfig } from '@cloister/protocol';
import type { InvalidPlace } from './refusal.js';

type Values = Readonly<Record<string, string>>;

const numberIn = (fields: CollectionConfig, values: Values): string | undefined =>
  Object.entries(values).find(([field]) => fields[field]?.type === 'card-number')?.[1];

/**
 * What is wrong with the values of a collection: the vault checks again what the frame claims to have checked. Names of
 * unknown fields are not repeated.
 */
export function checkValues(fields: CollectionConfig, values: Values, now: number): readonly InvalidPlace[] {
  const number = numberIn(fields, values);
  const brand = number === undefined ? undefined : cardBrandOf(number);
  const places: InvalidPlace[] = [];
  if (Object.keys(values).some((field) => !Object.hasOwn(fields, field)))
    places.push({ pointer: '/values', code: 'unknown-key' });
  for (const [field, { type, optional }] of Object.entries(fields)) {
    const value = Object.hasOwn(values, field) ? values[field] : undefined;
    const code = value === undefined ? missing(optional) : checkCanonical(type, value, { now, brand });
    if (code !== undefined) places.push({ pointer: `/values/${field}`, code });
  }
  return places;
}

const missing = (optional: boolean): string | undefined => (optional ? undefined : 'required');
