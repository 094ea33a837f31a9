import { decode, type Schema } from '@cloister/protocol';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CONTRACTS, takesNames, type Contract } from '../../support/fuzz/contracts.js';
import { anyValue, KEYS, mutated } from '../../support/fuzz/mutate.js';
import { ofSchema } from '../../support/fuzz/of-schema.js';
import { RUNS } from '../../support/fuzz/runs.js';

/** A hundred contracts: together a few thousand runs of each law. */
const numRuns = Math.ceil(RUNS / 40);

afterEach(() => {
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

/** Holds a law over every contract; what breaks is told by the contract's name. */
function law<T>(
  arbitrary: (schema: Schema<unknown>) => fc.Arbitrary<T>,
  hold: (contract: Contract, given: T) => void,
): void {
  for (const contract of CONTRACTS) {
    const [name, schema] = contract;
    const found = fc.check(
      fc.property(arbitrary(schema), (given) => hold(contract, given)),
      { numRuns },
    );
    expect(found.failed ? `${name}: ${fc.defaultReportMessage(found) ?? ''}` : name).toBe(name);
  }
}

/** The same, out of own enumerable string keys only; without the sign of zero, which JSON does not have. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** Each object in a value, with one more key. */
function* withKey(value: unknown, key: string): Generator {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && !Object.hasOwn(value, key))
    yield Object.fromEntries([...Object.entries(value), [key, 'x']]);
  for (const [name, part] of Object.entries(value)) {
    for (const changed of withKey(part, key)) {
      if (Array.isArray(value)) yield value.map((item, index): unknown => (String(index) === name ? changed : item));
      else yield Object.fromEntries(Object.entries(value).map(([own, old]) => [own, own === name ? changed : old]));
    }
  }
}

describe('decoders', () => {
  it('are found: every message, method, body and configuration', () => {
    const names = CONTRACTS.map(([name]) => name);
    expect(names.length).toBeGreaterThan(60);
    for (const name of [
      'hello',
      'configSchema',
      'collectFrameMethods.setup.params',
      'problem',
      'toCoordinator',
      'show',
    ])
      expect(names).toContain(name);
  });

  it('accept every value that fits, as a fresh copy', () => {
    law(ofSchema, ([, schema], value) => {
      const decoded = decode(schema, value);
      expect(decoded).toEqual({ ok: true, value });
      if (decoded.ok && typeof value === 'object' && value !== null) expect(decoded.value).not.toBe(value);
    });
  });

  it('A42 refuse an unknown key wherever it stands, and the names of prototypes always', () => {
    const never = ['__proto__', 'constructor', 'prototype', '\u0000', 'a b', '<b>'];
    const given = (schema: Schema<unknown>) =>
      fc.tuple(ofSchema(schema), fc.constantFrom(...never, ...(takesNames(schema) ? [] : KEYS)));
    law(given, ([, schema], [value, key]) => {
      for (const changed of withKey(value, key)) {
        const { ok } = decode(schema, changed);
        expect(ok, JSON.stringify(changed)).toBe(false);
      }
    });
  });

  it('A42 A45 never throw, tell nothing of what they refuse, and let nothing but the schema’s values through', () => {
    law(
      (schema) => fc.oneof(anyValue, mutated(ofSchema(schema))),
      ([, schema], value) => {
        const decoded = decode(schema, value);
        if (!decoded.ok) {
          expect(decoded.path).not.toContain('4242');
          return;
        }
        expect(decode(schema, decoded.value)).toEqual(decoded);
        // No foreign prototype, symbol or hidden property came along.
        expect(plain(decoded.value)).toStrictEqual(plain(JSON.parse(JSON.stringify(decoded.value))));
      },
    );
  });
});
