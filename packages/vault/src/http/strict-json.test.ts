import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.js';

const parse = (text: string) => parseStrictJson(Buffer.from(text, 'utf8'));

const reference = (text: string): unknown => JSON.parse(text);

describe('strict JSON', () => {
  it.each([
    ['{"a":1,"a":2}', 'a key twice'],
    ['{"a":{"b":1,"c":2,"b":3}}', 'a key twice, deeper'],
    ['{"a":1,"\\u0061":2}', 'a key twice, once escaped'],
    ['{"__proto__":{}}', 'a key that names the prototype'],
    ['{"x":{"\\u005f_proto__":1}}', 'the same, escaped'],
    ['{"constructor":1}', 'a key that names the constructor'],
    ['{"a":"\\ud800"}', 'a lone surrogate'],
    ['{"\\udc00":1}', 'a lone surrogate in a key'],
    ['[[[[[[[[[1]]]]]]]]]', 'nine levels'],
    ['\ufeff{}', 'a byte order mark'],
    ['{"a":1}}', 'something after the end'],
    ['{a:1}', 'not JSON'],
    ['NaN', 'not JSON either'],
    ['', 'nothing'],
  ])('A85 refuses %j: %s', (text) => {
    expect(parse(text)).toEqual({ ok: false });
  });

  it.each([
    [Buffer.from([0x22, 0xff, 0x22]), 'a byte that is not UTF-8'],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'a surrogate written as UTF-8'],
    [Buffer.from([0x22, 0xc0, 0x80, 0x22]), 'an overlong NUL'],
    [Buffer.from('{}', 'utf16le'), 'UTF-16'],
  ])('A85 refuses %j: %s', (bytes) => {
    expect(parseStrictJson(bytes)).toEqual({ ok: false });
  });

  it.each([
    ['[[[[[[[[1]]]]]]]]', 'eight levels'],
    ['{"a":{"a":{"a":1}}}', 'the same key on several levels'],
    ['[{"a":1},{"a":2}]', 'the same key in two objects'],
    ['{"a":"a","b":"a"}', 'a key as a value'],
    ['{"a":"\\"}{][,:\\\\"}', 'punctuation in a string'],
    ['{"a":"\\ud83d\\ude00"}', 'a whole surrogate pair'],
  ])('takes %s: %s', (text) => {
    expect(parse(text)).toEqual({ ok: true, value: reference(text) });
  });

  it('agrees with JSON.parse on everything that is written once and not too deep', () => {
    const keys = fc
      .string({ unit: 'grapheme', maxLength: 5 })
      .filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key));
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.constantFrom(null, true, false),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(json, undefined, indent);
        expect(parse(text)).toEqual({ ok: true, value: reference(text) });
      }),
    );
  });

  it('is total', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(typeof parseStrictJson(bytes).ok).toBe('boolean');
      }),
    );
  });
});
