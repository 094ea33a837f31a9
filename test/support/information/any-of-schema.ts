import type { JsonSchema } from '@cloister/protocol';
import fc from 'fast-check';

/** Texts that mean something somewhere: to a style, to a language, to a name, to a limit. */
const WORDS = [
  'x',
  '1px',
  '64px',
  '3',
  '0',
  'red',
  'rgb(1, 2, 3)',
  'monospace',
  '2em',
  'bold',
  'right',
  'ar',
  'en',
  'W'.repeat(150),
  'constructor',
];

/** Values that a schema admits, and now and then one that it refuses. `names` are tried where a name is wanted. */
export function anyOf(node: JsonSchema, names: readonly string[]): fc.Arbitrary<unknown> {
  if ('const' in node) return fc.constant(node.const);
  if ('enum' in node) return fc.constantFrom(...node.enum);
  if ('anyOf' in node) return fc.oneof(...node.anyOf.map((each) => anyOf(each, names)));
  switch (node.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: node.minimum, max: node.maximum });
    case 'string':
      return node.format === 'name' ? fc.constantFrom(...names, 'other') : fc.constantFrom(...WORDS);
    case 'array':
      return fc.array(anyOf(node.items, names), { minLength: node.minItems ?? 0, maxLength: 3 });
    case 'object':
      return 'propertyNames' in node
        ? fc.dictionary(
            anyOf(node.propertyNames, names) as fc.Arbitrary<string>,
            anyOf(node.additionalProperties, names),
            {
              minKeys: 1,
              maxKeys: 2,
            },
          )
        : fc.record(
            Object.fromEntries(Object.entries(node.properties).map(([key, part]) => [key, anyOf(part, names)])),
            { requiredKeys: [...node.required] },
          );
  }
}
