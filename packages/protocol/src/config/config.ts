import { jsonSchema } from '../schema/json-schema.js';
import { array, boolean, object, oneOf, optional, record, string, type Infer, type Schema } from '../schema/schema.js';
import { factName, fieldType, keep, MOST_FIELDS, name, origin, redaction } from './vocabulary.js';

/** Words for editors and the reference stand here and not with the vocabulary, which frames carry along. */
const about = <T>(schema: Schema<T>, description: string): Schema<T> => ({ ...schema, description });

/** One field of a collection, as configured. */
export const fieldConfig = object({
  type: about(fieldType, 'What it holds: brings format, validation, keyboard and autocomplete.'),
  token: optional(oneOf(['uuid'], { description: 'Token format. Default: uuid (version 4, RFC 9562).' })),
  reveal: optional(
    about(
      redaction,
      'The most that a browser may ever be shown; a session may only narrow it. Default: masked; redacted for card-cvc.',
    ),
  ),
  disclose: optional(
    array(factName, { max: 3, description: 'Facts about a valid value that may reach the page. Default: none.' }),
  ),
  keep: optional(
    about(
      keep,
      'How long the vault keeps a value: a number and m, h or d, e.g. 90d. Default: until it is deleted; 1h, which is also the most, for card-cvc.',
    ),
  ),
  optional: optional(boolean({ description: 'Whether a form may be submitted without it. Default: false.' })),
});

/** `cloister.config`: the one file that vault, frames and policies are made from. */
export const configSchema = object({
  $schema: optional(string({ max: 300, description: 'Where editors find this schema.' })),
  hosts: array(origin, { min: 1, max: 50, description: 'Exact origins of the pages that may embed the frames.' }),
  elements: about(origin, 'Exact origin that serves the frames, and nothing else. Not one of `hosts`.'),
  vault: about(origin, 'Exact origin of the vault; the only one that the coordinator may ask.'),
  adapter: optional(
    oneOf(['cloister', 'memory'], {
      description:
        'What the coordinator talks to. `memory` keeps values in the page’s own coordinator: for trying out. Default: cloister.',
    }),
  ),
  copy: optional(
    boolean({
      description:
        'Whether reveal frames may offer a button that copies a shown value; the page asks for it by `copy`. Default: false.',
    }),
  ),
  collections: about(
    record(name, record(name, fieldConfig, { min: 1, max: MOST_FIELDS }), { min: 1, max: 100 }),
    'Collections by name, each with its fields by name. Names are letters, digits, `-` and `_`.',
  ),
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
  /** Whether a shown value may be copied by a button of its frame. */
  readonly copy: boolean;
  readonly collections: Readonly<Record<string, CollectionConfig>>;
}

/** The JSON Schema (2020-12) of `cloister.config.json`, for editors. */
export const CONFIG_JSON_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'cloister.config',
  ...jsonSchema(configSchema),
};
