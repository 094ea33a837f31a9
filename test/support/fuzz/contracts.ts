import * as protocol from '@cloister/protocol';
import { jsonSchema, type Schema } from '@cloister/protocol';
import * as pairing from '../../../packages/elements/src/pairing/messages.js';

/** A schema by the name that it is exported under. */
export type Contract = readonly [name: string, schema: Schema<unknown>];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSchema = (value: unknown): value is Schema<unknown> =>
  isRecord(value) && typeof value['type'] === 'string' && !Object.hasOwn(value, '$schema');

/** A method's `params` and `result`, and those of a table of methods. */
function* schemasIn(name: string, value: unknown): Generator<Contract> {
  if (isSchema(value)) yield [name, value];
  else if (isRecord(value) && /methods|params|result|\./iu.test(name)) {
    for (const [key, part] of Object.entries(value)) yield* schemasIn(`${name}.${key}`, part);
  }
}

/** Every contract that crosses a boundary: found by looking, so that none is forgotten. */
export const CONTRACTS: readonly Contract[] = [...Object.entries(protocol), ...Object.entries(pairing)].flatMap(
  ([name, value]) => [...schemasIn(name, value)],
);

/** Whether some table in it takes any name for a key. */
export const takesNames = (schema: Schema<unknown>): boolean =>
  /"propertyNames":\{[^}]*"format":"name"/u.test(JSON.stringify(jsonSchema(schema)));
