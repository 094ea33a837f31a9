import { decode, type Schema } from '@cloister/protocol';

/** Whether something that JSON made is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Decodes the members that a schema of an object names, for browsers add others as they like. A member that is `null` is none.
 *
 * @returns `undefined` where one of them does not fit.
 */
export function readKnown<T>(schema: Schema<T>, value: unknown): T | undefined {
  if (schema.type !== 'object' || !isObject(value)) return undefined;
  const named = Object.entries(value).filter(([key, part]) => part !== null && Object.hasOwn(schema.shape, key));
  const decoded = decode<T>(schema, Object.fromEntries(named));
  return decoded.ok ? decoded.value : undefined;
}
