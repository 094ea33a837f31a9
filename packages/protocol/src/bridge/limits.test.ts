import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, isWireSafe, MAX_CALL_CHARACTERS, WIRE_LIMITS } from './limits.js';

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
const cyclic = (): unknown => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  return loop;
};

describe('isWireSafe', () => {
  it.each<readonly [string, unknown]>([
    ['a long text', 'x'.repeat(WIRE_LIMITS.characters + 1)],
    ['many short texts', Array.from({ length: 1999 }, () => 'x'.repeat(20))],
    ['long keys', { ['k'.repeat(WIRE_LIMITS.characters + 1)]: 1 }],
    ['deep nesting', deep(WIRE_LIMITS.depth + 1)],
    ['a cycle', cyclic()],
    ['too many values', Array.from({ length: WIRE_LIMITS.nodes + 1 }, () => 0)],
    ['an enormous sparse array', new Array(4_000_000_000)],
  ])('A44 refuses %s', (_, value) => {
    expect(isWireSafe(value, WIRE_LIMITS)).toBe(false);
  });

  it.each<readonly [string, unknown]>([
    ['RegExp', /a/u],
    ['Map', new Map()],
    ['Set', new Set()],
    ['Date', new Date(0)],
    ['ArrayBuffer', new ArrayBuffer(8)],
    ['typed array', new Uint8Array(2)],
    ['Error', new Error('x')],
    ['Blob', new Blob([])],
    ['bigint', 1n],
    ['symbol', Symbol('x')],
    ['NaN', Number.NaN],
    ['boxed string', Object('x')],
    ['list with a property beside its items', Object.assign([1], { more: new Map() })],
    ['list with a hole', Object.assign(new Array(2), { 0: 1 })],
  ])('A45 refuses a %s, wherever it stands', (_, value) => {
    expect(isWireSafe(value, WIRE_LIMITS)).toBe(false);
    expect(isWireSafe({ list: [value] }, WIRE_LIMITS)).toBe(false);
  });

  it('law: every small JSON value passes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(isWireSafe(value, WIRE_LIMITS)).toBe(true);
      }),
    );
  });
});

describe('charactersOf', () => {
  it('counts keys and texts, wherever they stand', () => {
    expect(charactersOf({ ab: 'cde', list: ['f', { g: 1, hi: undefined }] })).toBe(2 + 3 + 4 + (1 + 1) + 1 + 1 + 2);
  });

  it('law: what fits a call by it is not dropped for its length, inside of the largest envelope there is', () => {
    const around = (params: unknown): object => ({
      namespace: 'penpal',
      channel: undefined,
      type: 'CALL',
      id: '00000000-0000-4000-8000-000000000000',
      methodPath: ['validate'],
      args: [params],
    });
    const room = charactersOf(around({}));
    expect(WIRE_LIMITS.characters - MAX_CALL_CHARACTERS).toBeGreaterThan(room);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.nat(60), (texts, less) => {
        const left = MAX_CALL_CHARACTERS - charactersOf(texts) - 'more'.length - less;
        const params = { ...texts, more: 'x'.repeat(Math.max(0, left)) };
        expect(isWireSafe(around(params), WIRE_LIMITS)).toBe(true);
      }),
    );
    expect(isWireSafe(around({ more: 'x'.repeat(WIRE_LIMITS.characters) }), WIRE_LIMITS)).toBe(false);
  });
});
