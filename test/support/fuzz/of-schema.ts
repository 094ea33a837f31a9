import { hasFormat, jsonSchema, type JsonSchema, type SchemaNode, type StringFormat } from '@cloister/protocol';
import fc from 'fast-check';

type Node<K extends string> = Extract<JsonSchema, { readonly type: K }>;
type Shape = Extract<JsonSchema, { readonly properties: unknown }>;
type Table = Extract<JsonSchema, { readonly propertyNames: unknown }>;

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz0123456789_-');
const from = (alphabet: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const MOMENTS = { min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true };

/** Texts of each format, within the given lengths. */
const FORMATS: Readonly<Record<StringFormat, (min: number, max: number) => fc.Arbitrary<string>>> = {
  name: (min, max) => from(LETTERS, Math.max(1, min), max),
  id: (min, max) => from([...LETTERS, 'A', 'Z'], min, max),
  thumbprint: () => from(LETTERS, 43, 43),
  token68: (min, max) => from([...LETTERS, '.', '~', '+', '/', '='], min, max),
  uuid: () => fc.uuid({ version: 4 }),
  origin: () =>
    fc
      .tuple(fc.constantFrom('https://', 'http://'), fc.domain(), fc.constantFrom('', ':8443'))
      .map((parts) => parts.join('')),
  'date-time': () => fc.date(MOMENTS).map((date) => date.toISOString()),
};

function ofString(node: Node<'string'>): fc.Arbitrary<string> {
  const min = node.minLength ?? 0;
  // Short of the bound most of the time: a record of 40 texts of 2,000 characters tells no more than one of 40.
  const max = Math.max(min, Math.min(node.maxLength, 60));
  const { format } = node;
  // fast-check likes names such as `__proto__`, which are letters and yet no names.
  if (format !== undefined) return FORMATS[format](min, max).filter((text) => hasFormat(text, format));
  return fc.oneof(fc.string({ minLength: min, maxLength: max }), fc.constant('x'.repeat(node.maxLength)));
}

function ofShape(node: Shape): fc.Arbitrary<unknown> {
  const parts = Object.entries(node.properties).map(([key, part]) => [key, ofJson(part)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: [...node.required] });
}

function ofTable(node: Table): fc.Arbitrary<unknown> {
  const keys = ofJson(node.propertyNames).map(String);
  const minKeys = node.minProperties ?? 0;
  return fc.dictionary(keys, ofJson(node.additionalProperties), {
    minKeys,
    maxKeys: Math.max(minKeys, Math.min(node.maxProperties, 4)),
    noNullPrototype: true,
  });
}

function ofJson(node: JsonSchema): fc.Arbitrary<unknown> {
  if ('const' in node) return fc.constant(node.const);
  if ('enum' in node) return fc.constantFrom(...node.enum);
  if ('anyOf' in node) return fc.oneof(...node.anyOf.map(ofJson));
  switch (node.type) {
    case 'string':
      return ofString(node);
    case 'integer':
      return fc.integer({ min: Math.max(node.minimum, -(2 ** 31)), max: Math.min(node.maximum, 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const minLength = node.minItems ?? 0;
      return fc.array(ofJson(node.items), { minLength, maxLength: Math.max(minLength, Math.min(node.maxItems, 4)) });
    }
    case 'object':
      return 'properties' in node ? ofShape(node) : ofTable(node);
  }
}

/** Values that a schema must accept, read off the schema itself: a new contract joins by being exported. */
export const ofSchema = (node: SchemaNode): fc.Arbitrary<unknown> => ofJson(jsonSchema(node));
