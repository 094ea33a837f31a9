import fc from 'fast-check';

/** Keys that mean something to JavaScript, and one that means nothing. */
export const KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  '0',
  'length',
  'extra',
  '\u0000',
  '4242424242424242',
];

/** Values that a careless reader trips over. */
export const ODDITIES: readonly unknown[] = [
  null,
  undefined,
  '',
  'x'.repeat(100_000),
  '\ud800',
  '\u0000',
  -1,
  0,
  -0,
  1.5,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
  [[[[]]]],
  { toString: 'x', valueOf: 1 },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
];

interface Container {
  readonly kind: 'list' | 'record';
  readonly entries: readonly (readonly [string, unknown])[];
}

function containerOf(value: unknown): Container | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return { kind: Array.isArray(value) ? 'list' : 'record', entries: Object.entries(value) };
}

/** As `JSON.parse` and structured clone make objects: a key is a property of its own, whatever its name. */
function rebuilt(kind: Container['kind'], entries: readonly (readonly [string, unknown])[]): unknown {
  return kind === 'list' ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

/** One change at one place: `at` picks the way down, the change is made where it ends. */
type Change = (value: unknown) => unknown;

function changedAt(value: unknown, way: readonly number[], change: Change): unknown {
  const [step, ...rest] = way;
  const container = containerOf(value);
  if (step === undefined || container === undefined || container.entries.length === 0) return change(value);
  const index = step % container.entries.length;
  const entries = container.entries.map(([key, part], at): [string, unknown] => [
    key,
    at === index ? changedAt(part, rest, change) : part,
  ]);
  return rebuilt(container.kind, entries);
}

/** Adds a key to the nearest object on the way down. */
const addKey =
  (key: string, part: unknown): Change =>
  (value) => {
    const container = containerOf(value);
    if (container?.kind !== 'record') return { [key]: part };
    return rebuilt('record', [...container.entries.filter(([own]) => own !== key), [key, part]]);
  };

const dropOne: Change = (value) => {
  const container = containerOf(value);
  return container === undefined ? undefined : rebuilt(container.kind, container.entries.slice(1));
};

const repeatAll: Change = (value) => {
  const container = containerOf(value);
  if (container?.kind === 'list') return rebuilt('list', Array.from({ length: 200 }, () => container.entries).flat());
  return [value, value];
};

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...ODDITIES).map(
    (odd): Change =>
      () =>
        odd,
  ),
  fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...ODDITIES)).map(([key, odd]) => addKey(key, odd)),
  fc.constant(dropOne),
  fc.constant(repeatAll),
  fc.anything().map(
    (any): Change =>
      () =>
        any,
  ),
);

const way = fc.array(fc.nat(30), { maxLength: 5 });

/** The value with one to three things about it changed, anywhere in it. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(way, change), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(values, changes)
    .map(([value, list]) => list.reduce<unknown>((sum, [at, each]) => changedAt(sum, at, each), value));
}

/** Anything that JavaScript has: maps, dates, typed arrays, null prototypes, sparse arrays, … */
export const anyValue: fc.Arbitrary<unknown> = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
