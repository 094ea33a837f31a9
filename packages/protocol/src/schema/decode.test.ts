import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from './decode.js';
import { NAME } from './formats.js';
import { anyOf, array, boolean, integer, literal, object, oneOf, optional, record, string } from './schema.js';

const person = object({
  name: string({ min: 1, max: 10 }),
  age: optional(integer(0, 150)),
  role: oneOf(['admin', 'guest']),
  tags: array(string({ max: 5 }), { max: 3 }),
  flags: record(string({ max: 5, format: NAME }), boolean(), { max: 2 }),
  kind: anyOf([literal('a'), object({ b: literal(1) })]),
});

const good = { name: 'Ada', role: 'admin', tags: ['x'], flags: { on: true }, kind: { b: 1 } };

describe('decode', () => {
  it('answers a fresh copy that equals what it was given', () => {
    const decoded = decode(person, good);
    expect(decoded).toEqual({ ok: true, value: good });
    if (decoded.ok) expect(decoded.value).not.toBe(good);
  });

  it.each([
    ['a missing key', { ...good, name: undefined }, '/name', 'missing'],
    ['an unknown key, without naming it', { ...good, '4242424242424242': 1 }, '', 'unknown-key'],
    ['a too long text', { ...good, name: 'x'.repeat(11) }, '/name', 'too-long'],
    ['an empty text', { ...good, name: '' }, '/name', 'too-short'],
    ['a number out of range', { ...good, age: 151 }, '/age', 'range'],
    ['a fraction', { ...good, age: 1.5 }, '/age', 'type'],
    ['a word that is not listed', { ...good, role: 'root' }, '/role', 'choice'],
    ['a too long list', { ...good, tags: ['', '', '', ''] }, '/tags', 'too-long'],
    ['a wrong item', { ...good, tags: ['', 1] }, '/tags/1', 'type'],
    ['a wrong map value, without naming the key', { ...good, flags: { on: 'yes' } }, '/flags/*', 'type'],
    ['a bad map key, without naming it', { ...good, flags: { '?': true } }, '/flags/*', 'format'],
    ['no variant', { ...good, kind: 'c' }, '/kind', 'no-variant'],
    ['the deepest variant', { ...good, kind: { b: 2 } }, '/kind/b', 'constant'],
    ['an array for an object', [], '', 'type'],
    ['null', null, '', 'type'],
  ])('refuses %s', (_, value, path, problem) => {
    expect(decode(person, value)).toEqual({ ok: false, path, problem });
  });

  it('names keys of the value only when asked, for configuration files', () => {
    expect(decode(person, { ...good, colour: 1 }, 'shown')).toEqual({
      ok: false,
      path: '/colour',
      problem: 'unknown-key',
    });
  });

  it.each([
    ['a class instance', new (class Person {})()],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a function', () => undefined],
  ])('A45 refuses %s where an object belongs', (_, value) => {
    expect(decode(object({}), value)).toMatchObject({ ok: false, problem: 'type' });
  });

  it('A42 takes no __proto__ from JSON, and pollutes nothing', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    expect(decode(record(string({ max: 20, format: NAME }), object({}), { max: 3 }), hostile).ok).toBe(false);
    expect(decode(object({}), hostile).ok).toBe(false);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('law: never throws, and what it accepts it accepts again unchanged', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }), (value) => {
        const once = decode(person, value);
        if (once.ok) expect(decode(person, once.value)).toEqual(once);
      }),
    );
  });

  it('law: an extra key anywhere is refused', () => {
    fc.assert(
      fc.property(
        fc.string().filter((key) => !(key in good) && key !== 'age'),
        (key) => {
          const value: Record<string, unknown> = { ...good };
          Object.defineProperty(value, key, { value: 1, enumerable: true });
          expect(decode(person, value)).toMatchObject({ ok: false, problem: 'unknown-key' });
        },
      ),
    );
  });
});
