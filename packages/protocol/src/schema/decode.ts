import { hasFormat } from './formats.js';
import type { Schema, SchemaNode } from './schema.js';

/** What was wrong with a value; never the value itself. */
export type Problem =
  | 'type'
  | 'constant'
  | 'choice'
  | 'too-short'
  | 'too-long'
  | 'format'
  | 'range'
  | 'missing'
  | 'unknown-key'
  | 'no-variant';

/**
 * Where and why a value did not fit its schema. `path` is a JSON Pointer (RFC 6901) made of the schema's own names; a key
 * that came with the value stands as `*`, unless keys were asked for.
 */
export interface Issue {
  readonly path: string;
  readonly problem: Problem;
}

/** A decoded value, or the first thing that was wrong. */
export type Decoded<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Issue);

/** Where the walk stands, and whether keys that came with the value may be named. */
interface At {
  readonly path: string;
  readonly keys: KeyNaming;
}

/** `shown` names keys of the value in the path: for configuration files, never for messages or HTTP bodies. */
export type KeyNaming = 'hidden' | 'shown';

type Step = Decoded<unknown>;
type NodeOf<K extends string> = Extract<SchemaNode, { readonly type: K }>;

const good = (value: unknown): Step => ({ ok: true, value });
const bad = (at: At, problem: Problem): Step => ({ ok: false, path: at.path, problem });
const into = (at: At, key: string): At => ({
  ...at,
  path: `${at.path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
});
const intoForeign = (at: At, key: string): At => into(at, at.keys === 'shown' ? key : '*');

/**
 * Reads an untrusted value by a schema and returns a fresh copy that holds nothing else.
 *
 * Security: total (never throws), never runs getters of foreign prototypes (only plain objects and arrays pass), unknown
 * keys are refused, and the answer never contains the offending value.
 */
export function decode<T>(schema: Schema<T>, value: unknown, keys: KeyNaming = 'hidden'): Decoded<T> {
  // The one place where an interpreted value takes its static type: `walk` has just checked it against the schema.
  return walk(schema, value, { path: '', keys }) as Decoded<T>;
}

function walk(node: SchemaNode, value: unknown, at: At): Step {
  if ('const' in node) return value === node.const ? good(value) : bad(at, 'constant');
  if ('enum' in node) return typeof value === 'string' && node.enum.includes(value) ? good(value) : bad(at, 'choice');
  return 'anyOf' in node ? walkAny(node.anyOf, value, at) : walkTyped(node, value, at);
}

function walkTyped(node: NodeOf<string>, value: unknown, at: At): Step {
  switch (node.type) {
    case 'string':
      return walkString(node, value, at);
    case 'integer':
      return walkInteger(node, value, at);
    case 'boolean':
      return typeof value === 'boolean' ? good(value) : bad(at, 'type');
    case 'array':
      return walkArray(node, value, at);
    case 'object':
      return walkObject(node, value, at);
  }
}

function walkInteger(node: NodeOf<'integer'>, value: unknown, at: At): Step {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return bad(at, 'type');
  return value >= node.minimum && value <= node.maximum ? good(value) : bad(at, 'range');
}

function walkAny(nodes: readonly SchemaNode[], value: unknown, at: At): Step {
  let deepest: Step = bad(at, 'no-variant');
  for (const node of nodes) {
    const step = walk(node, value, at);
    if (step.ok) return step;
    if (!deepest.ok && step.path.length > deepest.path.length) deepest = step;
  }
  return deepest;
}

function walkString(node: NodeOf<'string'>, value: unknown, at: At): Step {
  if (typeof value !== 'string') return bad(at, 'type');
  if (value.length < (node.minLength ?? 0)) return bad(at, 'too-short');
  if (value.length > node.maxLength) return bad(at, 'too-long');
  return node.format === undefined || hasFormat(value, node.format) ? good(value) : bad(at, 'format');
}

function walkArray(node: NodeOf<'array'>, value: unknown, at: At): Step {
  if (!Array.isArray(value)) return bad(at, 'type');
  if (value.length < (node.minItems ?? 0)) return bad(at, 'too-short');
  if (value.length > node.maxItems) return bad(at, 'too-long');
  const items: unknown[] = [];
  for (let index = 0; index < value.length; index += 1) {
    const step = walk(node.items, value[index], into(at, String(index)));
    if (!step.ok) return step;
    items.push(step.value);
  }
  return good(items);
}

/** Only objects whose prototype is `Object.prototype` (of any realm) or null: no class instances, maps or proxies of them. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function walkObject(node: NodeOf<'object'>, value: unknown, at: At): Step {
  if (!isPlainObject(value)) return bad(at, 'type');
  return 'properties' in node ? walkShape(node, value, at) : walkRecord(node, value, at);
}

function walkShape(
  node: Extract<SchemaNode, { readonly properties: unknown }>,
  value: Readonly<Record<string, unknown>>,
  at: At,
): Step {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(node.properties, key)) return bad(at.keys === 'shown' ? into(at, key) : at, 'unknown-key');
  }
  for (const [key, part] of Object.entries(node.properties)) {
    if (!Object.hasOwn(value, key) || value[key] === undefined) {
      if (node.required.includes(key)) return bad(into(at, key), 'missing');
      continue;
    }
    const step = walk(part, value[key], into(at, key));
    if (!step.ok) return step;
    result[key] = step.value;
  }
  return good(result);
}

function walkRecord(
  node: Extract<SchemaNode, { readonly propertyNames: unknown }>,
  value: Readonly<Record<string, unknown>>,
  at: At,
): Step {
  const entries = Object.entries(value);
  if (entries.length > node.maxProperties) return bad(at, 'too-long');
  if (entries.length < (node.minProperties ?? 0)) return bad(at, 'too-short');
  const result: Record<string, unknown> = {};
  for (const [key, part] of entries) {
    const name = walk(node.propertyNames, key, intoForeign(at, key));
    if (!name.ok) return name;
    const step = walk(node.additionalProperties, part, intoForeign(at, key));
    if (!step.ok) return step;
    result[key] = step.value;
  }
  return good(result);
}
