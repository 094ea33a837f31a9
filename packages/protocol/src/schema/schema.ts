/**
 * Schemas are plain data. The same object types a message (`Infer`), decodes it (`decode`), validates an HTTP body and is
 * rendered as JSON Schema for the OpenAPI document and editors (`jsonSchema`), so that the wire, the type and the
 * documentation cannot drift apart. Their members are ours and few, because every frame carries them (ADR 12).
 */
import type { Format } from './formats.js';

declare const inferred: unique symbol;

interface Described {
  readonly description?: string;
  /** Whether the property that this describes may be absent. Only ever set inside `object`. */
  readonly optional?: boolean;
}
interface Sized extends Described {
  readonly min?: number;
  readonly max: number;
}
interface StringOptions extends Sized {
  readonly format?: Format;
}

/** The untyped form of a schema: what `decode` interprets. */
export type SchemaNode = Described &
  (
    | { readonly type: 'literal'; readonly value: string | number | boolean | null }
    | { readonly type: 'choice'; readonly values: readonly string[] }
    | ({ readonly type: 'string' } & StringOptions)
    | { readonly type: 'integer'; readonly min: number; readonly max: number }
    | { readonly type: 'boolean' }
    | ({ readonly type: 'array'; readonly items: SchemaNode } & Sized)
    | { readonly type: 'object'; readonly shape: Readonly<Record<string, SchemaNode>> }
    | ({ readonly type: 'record'; readonly keys: SchemaNode; readonly values: SchemaNode } & Sized)
    | { readonly type: 'any'; readonly variants: readonly SchemaNode[] }
  );

/** The node of a kind. */
export type NodeOf<K extends SchemaNode['type']> = Extract<SchemaNode, { readonly type: K }>;

/** A schema that decodes to `T`. */
export type Schema<T> = SchemaNode & { readonly [inferred]?: T };

/** The type that a schema decodes to. */
export type Infer<S> = S extends { readonly [inferred]?: infer T } ? T : never;

/** Marks a property that may be absent. Only ever used inside `object`. */
export type Optional<T> = Schema<T> & { readonly optional: true };

type Shape = Readonly<Record<string, SchemaNode>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends { readonly optional: true } ? K : never }[keyof S];
type Flat<T> = { readonly [K in keyof T]: T[K] };
type ObjectOf<S extends Shape> = Flat<
  { readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[K]> } & {
    readonly [K in OptionalKeys<S>]?: Infer<S[K]>;
  }
>;

/*@__NO_SIDE_EFFECTS__*/
export function literal<const T extends string | number | boolean | null>(value: T, about?: Described): Schema<T> {
  return { type: 'literal', value, ...about };
}

/*@__NO_SIDE_EFFECTS__*/
export function oneOf<const T extends readonly string[]>(values: T, about?: Described): Schema<T[number]> {
  return { type: 'choice', values, ...about };
}

/** A string of at most `max` UTF-16 code units. Every string has a bound. */
/*@__NO_SIDE_EFFECTS__*/
export function string(options: StringOptions): Schema<string> {
  return { type: 'string', ...options };
}

/*@__NO_SIDE_EFFECTS__*/
export function integer(min: number, max: number, about?: Described): Schema<number> {
  return { type: 'integer', min, max, ...about };
}

/*@__NO_SIDE_EFFECTS__*/
export function boolean(about?: Described): Schema<boolean> {
  return { type: 'boolean', ...about };
}

/** A list with a bound; every list has one. */
/*@__NO_SIDE_EFFECTS__*/
export function array<T>(items: Schema<T>, options: Sized): Schema<readonly T[]> {
  return { type: 'array', items, ...options };
}

/*@__NO_SIDE_EFFECTS__*/
export function optional<T>(schema: Schema<T>): Optional<T> {
  return { ...schema, optional: true };
}

/** An object with exactly these keys: unknown keys are refused. */
/*@__NO_SIDE_EFFECTS__*/
export function object<const S extends Shape>(shape: S, about?: Described): Schema<ObjectOf<S>> {
  return { type: 'object', shape, ...about };
}

/** A map from names to values of one kind, bounded in size. */
/*@__NO_SIDE_EFFECTS__*/
export function record<K extends string, T>(
  keys: Schema<K>,
  values: Schema<T>,
  options: Sized,
): Schema<Readonly<Record<string, T>>> {
  return { type: 'record', keys, values, ...options };
}

/** The first of the given schemas that fits. */
/*@__NO_SIDE_EFFECTS__*/
export function anyOf<const S extends readonly SchemaNode[]>(variants: S, about?: Described): Schema<Infer<S[number]>> {
  return { type: 'any', variants, ...about };
}
