/**
 * Schemas are plain data: the subset of JSON Schema 2020-12 that Cloister's contracts need. The same object types a
 * message (`Infer`), decodes it (`decode`), validates an HTTP body and stands in the OpenAPI document, so that the wire,
 * the type and the documentation cannot drift apart.
 */

declare const inferred: unique symbol;

/** Named string formats; each is a predicate in `formats.ts`. A page can never bring its own. */
export type StringFormat = 'name' | 'id' | 'origin' | 'uuid' | 'thumbprint' | 'token68' | 'date-time';

/** The untyped form of a schema: what `decode` interprets and what JSON Schema tools read. */
export type SchemaNode =
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
      readonly items: SchemaNode;
      readonly minItems?: number;
      readonly maxItems: number;
      readonly description?: string;
    }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, SchemaNode>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
      readonly description?: string;
    }
  | {
      readonly type: 'object';
      readonly propertyNames: SchemaNode;
      readonly additionalProperties: SchemaNode;
      readonly maxProperties: number;
      readonly minProperties?: number;
      readonly description?: string;
    }
  | { readonly anyOf: readonly SchemaNode[]; readonly description?: string };

/** A schema that decodes to `T`. */
export type Schema<T> = SchemaNode & { readonly [inferred]?: T };

/** The type that a schema decodes to. */
export type Infer<S> = S extends { readonly [inferred]?: infer T } ? T : never;

/** Marks a property that may be absent. Only ever used inside `object`. */
export interface Optional<T> {
  readonly optional: Schema<T>;
}

type Shape = Readonly<Record<string, SchemaNode | Optional<unknown>>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends Optional<unknown> ? K : never }[keyof S];
type Value<P> = P extends Optional<infer T> ? T : Infer<P>;
type Flat<T> = { readonly [K in keyof T]: T[K] };
type ObjectOf<S extends Shape> = Flat<
  { readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Value<S[K]> } & {
    readonly [K in OptionalKeys<S>]?: Value<S[K]>;
  }
>;

interface Described {
  readonly description?: string;
}
interface StringOptions extends Described {
  readonly min?: number;
  readonly max: number;
  readonly format?: StringFormat;
}
interface ArrayOptions extends Described {
  readonly min?: number;
  readonly max: number;
}

const described = (options: Described | undefined): { readonly description?: string } =>
  options?.description === undefined ? {} : { description: options.description };

/*@__NO_SIDE_EFFECTS__*/
export function literal<const T extends string | number | boolean | null>(value: T, options?: Described): Schema<T> {
  return { const: value, ...described(options) };
}

/*@__NO_SIDE_EFFECTS__*/
export function oneOf<const T extends readonly string[]>(values: T, options?: Described): Schema<T[number]> {
  return { enum: values, ...described(options) };
}

/** A string of at most `max` UTF-16 code units. Every string has a bound. */
/*@__NO_SIDE_EFFECTS__*/
export function string(options: StringOptions): Schema<string> {
  return {
    type: 'string',
    ...(options.min === undefined ? {} : { minLength: options.min }),
    maxLength: options.max,
    ...(options.format === undefined ? {} : { format: options.format }),
    ...described(options),
  };
}

/*@__NO_SIDE_EFFECTS__*/
export function integer(minimum: number, maximum: number, options?: Described): Schema<number> {
  return { type: 'integer', minimum, maximum, ...described(options) };
}

/*@__NO_SIDE_EFFECTS__*/
export function boolean(options?: Described): Schema<boolean> {
  return { type: 'boolean', ...described(options) };
}

/** A list with a bound; every list has one. */
/*@__NO_SIDE_EFFECTS__*/
export function array<T>(items: Schema<T>, options: ArrayOptions): Schema<readonly T[]> {
  return {
    type: 'array',
    items,
    ...(options.min === undefined ? {} : { minItems: options.min }),
    maxItems: options.max,
    ...described(options),
  };
}

/*@__NO_SIDE_EFFECTS__*/
export function optional<T>(schema: Schema<T>): Optional<T> {
  return { optional: schema };
}

/** An object with exactly these keys: unknown keys are refused. */
/*@__NO_SIDE_EFFECTS__*/
export function object<const S extends Shape>(shape: S, options?: Described): Schema<ObjectOf<S>> {
  const properties: Record<string, SchemaNode> = {};
  const required: string[] = [];
  for (const [key, part] of Object.entries(shape)) {
    if ('optional' in part) properties[key] = part.optional;
    else {
      properties[key] = part;
      required.push(key);
    }
  }
  return { type: 'object', properties, required, additionalProperties: false, ...described(options) };
}

/** A map from names to values of one kind, bounded in size. */
/*@__NO_SIDE_EFFECTS__*/
export function record<K extends string, T>(
  keys: Schema<K>,
  values: Schema<T>,
  options: ArrayOptions,
): Schema<Readonly<Record<string, T>>> {
  return {
    type: 'object',
    propertyNames: keys,
    additionalProperties: values,
    maxProperties: options.max,
    ...(options.min === undefined ? {} : { minProperties: options.min }),
    ...described(options),
  };
}

/** The first of the given schemas that fits. */
/*@__NO_SIDE_EFFECTS__*/
export function anyOf<const S extends readonly SchemaNode[]>(options: S, about?: Described): Schema<Infer<S[number]>> {
  return { anyOf: options, ...described(about) };
}
