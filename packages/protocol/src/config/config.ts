import { array, boolean, object, oneOf, optional, record, string, type Infer } from '../schema/schema.js';
import { factName, fieldType, keep, name, origin, redaction } from './vocabulary.js';

/** One field of a collection, as configured. */
export const fieldConfig = object({
  type: fieldType,
  token: optional(oneOf(['uuid'], { description: 'Token format. Default: uuid (version 4, RFC 9562).' })),
  reveal: optional(redaction),
  disclose: optional(
    array(factName, { max: 3, description: 'Facts about a valid value that may reach the page. Default: none.' }),
  ),
  keep: optional(keep),
  optional: optional(boolean({ description: 'Whether a form may be submitted without it. Default: false.' })),
});

/** `cloister.config`: the one file that vault, frames and policies are made from. */
export const configSchema = object({
  $schema: optional(string({ max: 300 })),
  hosts: array(origin, { min: 1, max: 50, description: 'Exact origins of the pages that may embed the frames.' }),
  elements: origin,
  vault: origin,
  adapter: optional(
    oneOf(['cloister', 'memory'], {
      description:
        'What the coordinator talks to. `memory` keeps values in the page’s own coordinator: for trying out. Default: cloister.',
    }),
  ),
  collections: record(name, record(name, fieldConfig, { min: 1, max: 40 }), { min: 1, max: 100 }),
});

/** A field with every default filled in. */
export interface FieldConfig {
  readonly type: Infer<typeof fieldType>;
  readonly token: 'uuid';
  readonly reveal: Infer<typeof redaction>;
  readonly disclose: readonly Infer<typeof factName>[];
  /** Milliseconds a value is kept, or `null` for as long as nobody deletes it. */
  readonly keep: number | null;
  readonly optional: boolean;
}

/** A set of fields that are collected together. */
export type CollectionConfig = Readonly<Record<string, FieldConfig>>;

/** The configuration with every default filled in. */
export interface CloisterConfig {
  readonly hosts: readonly string[];
  readonly elements: string;
  readonly vault: string;
  readonly adapter: 'cloister' | 'memory';
  readonly collections: Readonly<Record<string, CollectionConfig>>;
}

/** The JSON Schema (2020-12) of `cloister.config.json`, for editors. */
export const CONFIG_JSON_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'cloister.config',
  ...configSchema,
};
