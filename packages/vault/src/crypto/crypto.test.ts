import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToUuid, fromBase64url, lengthPrefixed, uuidToBytes } from './bytes.js';
import { canonicalJson } from './canonical-json.js';
import { keyRing } from './key-ring.js';
import { pad, unpad } from './padding.js';
import { thumbprintOf } from './thumbprint.js';

describe('thumbprint', () => {
  it('is that of the example key of RFC 9449 §6.1', () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
    } as const;
    expect(thumbprintOf(jwk)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });
});

describe('padding', () => {
  it('gives back every text and hides its length within 32 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(unpad(pad(text))).toBe(text);
        expect(pad(text).length % 32).toBe(0);
      }),
    );
    expect(pad('123').length).toBe(pad('1234').length);
  });

  it.each([[Buffer.alloc(32)], [Buffer.alloc(0)], [Buffer.from([0x80, 1])]])('refuses what is not padded', (bytes) => {
    expect(unpad(bytes)).toBeUndefined();
  });
});

describe('length-prefixed parts', () => {
  it('are different bytes for different lists', () => {
    const parts = fc.array(fc.string({ maxLength: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(lengthPrefixed(['ab', 'c']).equals(lengthPrefixed(['a', 'bc']))).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('has equal text for equal contents, whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('text forms of bytes', () => {
  it('uuids survive the way into 16 bytes and back', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (uuid) => {
        expect(uuidToBytes(uuid).length).toBe(16);
        expect(bytesToUuid(uuidToBytes(uuid))).toBe(uuid);
      }),
    );
  });

  it.each(['AA==', 'A', 'AB', 'a b', '+/8', 'AAA\n'])('base64url is strict about %j', (text) => {
    expect(fromBase64url(text)).toBeUndefined();
  });
});

describe('key ring', () => {
  const ring = keyRing(Buffer.alloc(32, 1));

  it('has another key for every purpose', () => {
    const data = Buffer.from('x');
    const macs = (['idempotency-body', 'audit-token', 'audit-head'] as const).map((purpose) =>
      ring.mac(purpose, data).toString('hex'),
    );
    expect(new Set(macs).size).toBe(3);
  });

  it('opens only what the same KEK wrapped', () => {
    const wrapped = ring.wrap(Buffer.alloc(32, 9), Buffer.from('a'));
    expect(ring.unwrap(wrapped, Buffer.from('a'))).toEqual(Buffer.alloc(32, 9));
    expect(ring.openResponse(wrapped, Buffer.from('a'))).toBeUndefined();
    expect(keyRing(Buffer.alloc(32, 2)).unwrap(wrapped, Buffer.from('a'))).toBeUndefined();
  });
});
