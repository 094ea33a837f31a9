import type { StringFormat } from './formats.js';
import type { NodeOf, SchemaNode } from './schema.js';

/** The subset of JSON Schema 2020-12 that Cloister's contracts are rendered in. */
export type JsonSchema =
  | { readonly const: string | number | boolean | null; readonly description?: string }
  | { readonly enum: readonly string[]; readonly description?: string }
  | {
      readonly type: 'string';
      readonly minLength?: number;
      readonly maxLength: number;
      readonly format?: StringFormat;
      readonly description?: string;
    }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number; readonly description?: string }
  | { readonly type: 'boolean'; readonly description?: string }
  | {
      readonly type: 'array';
      readonly items: JsonSchema;
      readonly minItems?: number;
      readonly maxItems: number;
      readonly description?: string;
    }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, JsonSchema>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
      readonly description?: string;
    }
  | {
      readonly type: 'object';
      readonly propertyNames: JsonSchema;
      readonly additionalProperties: JsonSchema;
      readonly maxProperties: number;
      readonly minProperties?: number;
      readonly description?: string;
    }
  | { readonly anyOf: readonly JsonSchema[]; readonly description?: string };

function shapeOf({ shape }: NodeOf<'object'>): JsonSchema {
  const parts = Object.entries(shape);
  return {
    type: 'object',
    properties: Object.fromEntries(parts.map(([key, part]) => [key, jsonSchema(part)])),
    required: parts.filter(([, part]) => part.optional !== true).map(([key]) => key),
    additionalProperties: false,
  };
}

function bare(node: SchemaNode): JsonSchema {
  switch (node.type) {
    case 'literal':
      return { const: node.value };
    case 'choice':
      return { enum: node.values };
    case 'string':
      return {
        type: 'string',
        ...(node.min === undefined ? {} : { minLength: node.min }),
        maxLength: node.max,
        ...(node.format === undefined ? {} : { format: node.format.name }),
      };
    case 'integer':
      return { type: 'integer', minimum: node.min, maximum: node.max };
    case 'boolean':
      return { type: 'boolean' };
    case 'array':
      return {
        type: 'array',
        items: jsonSchema(node.items),
        ...(node.min === undefined ? {} : { minItems: node.min }),
        maxItems: node.max,
      };
    case 'object':
      return shapeOf(node);
    case 'record':
      return {
        type: 'object',
        propertyNames: jsonSchema(node.keys),
        additionalProperties: jsonSchema(node.values),
        maxProperties: node.max,
        ...(node.min === undefined ? {} : { minProperties: node.min }),
      };
    case 'any':
      return { anyOf: node.variants.map(jsonSchema) };
  }
}

/** A schema as JSON Schema: for editors, for OpenAPI, and for tests that make values of it. */
export function jsonSchema(node: SchemaNode): JsonSchema {
  return { ...bare(node), ...(node.description === undefined ? {} : { description: node.description }) };
}
