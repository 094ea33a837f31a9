import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../packages/vault/src/http/strict-json.js';
import { RUNS } from '../../support/fuzz/runs.js';

const numRuns = RUNS;
const read = (text: string) => parseStrictJson(Buffer.from(text));

/** A key in one of the ways in which JSON lets it be written. */
const spelled = (key: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: key.length, maxLength: key.length })
    .map((escape) =>
      Array.from(key, (unit, at) =>
        escape[at] === true ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit,
      ).join(''),
    );

const space = fc.constantFrom('', ' ', '\n', '\t\r');
/** Something to stand before, between and around. */
const around = fc.constantFrom<readonly [string, string]>(['', ''], ['[', ']'], ['{"o":', '}'], ['[1,{"a":[', ']}]']);

describe('the JSON that the vault reads', () => {
  it('A85 is what JSON.parse reads, when it is clean', () => {
    const clean = fc
      .jsonValue({ maxDepth: 3 })
      .filter((value) => !/__proto__|constructor|prototype/u.test(JSON.stringify(value)));
    fc.assert(
      fc.property(clean, fc.nat(2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns },
    );
  });

  it('A85 refuses a key that comes twice, wherever and however it is spelled', () => {
    const pair = fc.string({ unit: fc.constantFrom('a', 'b', 'v', 'u', '_'), minLength: 1, maxLength: 6 });
    const given = pair.chain((key) =>
      fc.tuple(spelled(key), spelled(key), space, around, fc.constantFrom('', '"z":{"a":1},')),
    );
    fc.assert(
      fc.property(given, ([first, second, gap, [before, after], between]) => {
        const text = `${before}{"${first}"${gap}:1,${gap}${between}"${second}":${gap}2}${after}`;
        expect((): unknown => JSON.parse(text)).not.toThrow();
        expect(read(text)).toEqual({ ok: false });
        expect(read(text.replace(`"${second}":${gap}2`, `"${second}.":2`)).ok).toBe(true);
      }),
      { numRuns },
    );
  });

  it('A42 A85 refuses the names of prototypes, however they are spelled, and half a surrogate pair', () => {
    const names = fc.constantFrom('__proto__', 'constructor', 'prototype').chain(spelled);
    fc.assert(
      fc.property(fc.oneof(names, fc.constantFrom('\\ud800', 'a\\udc00b')), around, (key, [before, after]) => {
        expect(read(`${before}{"${key}":1}${after}`)).toEqual({ ok: false });
      }),
      { numRuns },
    );
  });

  it('A85 never throws, over any bytes and any text, and takes nothing that is not JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(`\ufeff${text}`)),
        ),
        (bytes) => {
          const { ok } = parseStrictJson(bytes);
          if (ok) expect((): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'))).not.toThrow();
        },
      ),
      { numRuns },
    );
  });

  it.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)],
    ['nine levels', '[[[[[[[[[]]]]]]]]]'],
  ])('A85 refuses %s that are nested too deep', (_, text) => {
    expect(read(text)).toEqual({ ok: false });
    expect(read('[[[[[[[[]]]]]]]]').ok).toBe(true);
  });
});
