import type { NodeOf, Schema, SchemaNode } from './schema.js';

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

/** `shown` names keys of the value in the path: for configuration files, never for messages or HTTP bodies. */
export type KeyNaming = 'hidden' | 'shown';

/** Ends a walk at the first thing that is wrong. Never leaves this file. */
class Misfit extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super();
    this.problem = problem;
  }
}

const misfits = new Map<Problem, Misfit>();

/** One for each problem: an error that is made writes down the stack, which takes longer than to read a message. */
function misfit(problem: Problem): Misfit {
  const known = misfits.get(problem) ?? new Misfit(problem);
  misfits.set(problem, known);
  return known;
}

function demand(condition: boolean, problem: Problem): asserts condition {
  if (!condition) throw misfit(problem);
}

const demandSize = (size: number, { min = 0, max }: { readonly min?: number; readonly max: number }): void => {
  demand(size >= min, 'too-short');
  demand(size <= max, 'too-long');
};

/** One pass over a value. */
class Walk {
  /** Where it stands, or stopped. */
  path: string[] = [];
  readonly keys: KeyNaming;

  constructor(keys: KeyNaming) {
    this.keys = keys;
  }

  read(node: SchemaNode, value: unknown): unknown {
    return READERS[node.type](node, value, this);
  }

  /** Reads a part of the value. Its key stays in the path when it does not fit. */
  part(key: string, node: SchemaNode, value: unknown): unknown {
    this.path.push(key);
    const read = this.read(node, value);
    this.path.pop();
    return read;
  }
}

/** Only objects whose prototype is `Object.prototype` (of any realm) or null: no class instances, maps or proxies of them. */
function demandPlain(value: unknown): asserts value is Readonly<Record<string, unknown>> {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), 'type');
  const prototype: unknown = Object.getPrototypeOf(value);
  demand(prototype === null || Object.getPrototypeOf(prototype) === null, 'type');
}

function readShape({ shape }: NodeOf<'object'>, value: unknown, walk: Walk): unknown {
  demandPlain(value);
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(shape, key)) continue;
    if (walk.keys === 'shown') walk.path.push(key);
    throw misfit('unknown-key');
  }
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(shape)) {
    if (Object.hasOwn(value, key) && value[key] !== undefined) result[key] = walk.part(key, part, value[key]);
    else if (part.optional !== true) {
      walk.path.push(key);
      throw misfit('missing');
    }
  }
  return result;
}

function readRecord(node: NodeOf<'record'>, value: unknown, walk: Walk): unknown {
  demandPlain(value);
  const entries = Object.entries(value);
  demandSize(entries.length, node);
  const result: Record<string, unknown> = {};
  for (const [key, part] of entries) {
    const named = walk.keys === 'shown' ? key : '*';
    walk.part(named, node.keys, key);
    result[key] = walk.part(named, node.values, part);
  }
  return result;
}

/** The first variant that fits; else the one that was wrong deepest says why. */
function readAny({ variants }: NodeOf<'any'>, value: unknown, walk: Walk): unknown {
  const start = walk.path;
  let deepest = { path: start, why: misfit('no-variant') };
  for (const variant of variants) {
    walk.path = [...start];
    try {
      return walk.read(variant, value);
    } catch (error) {
      if (error instanceof Misfit && walk.path.length > deepest.path.length) deepest = { path: walk.path, why: error };
    }
  }
  walk.path = deepest.path;
  throw deepest.why;
}

/** Declared as methods, because each reads nodes of its own type only: the type is the key that it is found by. */
type Readers = Readonly<Record<SchemaNode['type'], Reader['read']>>;
interface Reader {
  read(node: SchemaNode, value: unknown, walk: Walk): unknown;
}

const READERS: Readers = {
  literal: (node: NodeOf<'literal'>, value) => {
    demand(value === node.value, 'constant');
    return value;
  },
  choice: (node: NodeOf<'choice'>, value) => {
    demand(typeof value === 'string' && node.values.includes(value), 'choice');
    return value;
  },
  string: (node: NodeOf<'string'>, value) => {
    demand(typeof value === 'string', 'type');
    demandSize(value.length, node);
    demand(node.format?.fits(value) !== false, 'format');
    return value;
  },
  integer: (node: NodeOf<'integer'>, value) => {
    demand(typeof value === 'number' && Number.isSafeInteger(value), 'type');
    demand(value >= node.min && value <= node.max, 'range');
    return value;
  },
  boolean: (_, value) => {
    demand(typeof value === 'boolean', 'type');
    return value;
  },
  array: (node: NodeOf<'array'>, value, walk) => {
    demand(Array.isArray(value), 'type');
    demandSize(value.length, node);
    return Array.from(value, (item: unknown, index) => walk.part(String(index), node.items, item));
  },
  object: readShape,
  record: readRecord,
  any: readAny,
};

/**
 * Reads an untrusted value by a schema and returns a fresh copy that holds nothing else.
 *
 * Security: total (never throws), never runs getters of foreign prototypes (only plain objects and arrays pass), unknown
 * keys are refused, and the answer never contains the offending value.
 */
export function decode<T>(schema: Schema<T>, value: unknown, keys: KeyNaming = 'hidden'): Decoded<T> {
  const walk = new Walk(keys);
  try {
    // The one place where an interpreted value takes its static type: the walk has just checked it against the schema.
    return { ok: true, value: walk.read(schema, value) as T };
  } catch (error) {
    const path = walk.path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return { ok: false, path, problem: error instanceof Misfit ? error.problem : 'type' };
  }
}
