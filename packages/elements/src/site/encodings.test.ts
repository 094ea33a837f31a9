import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedEncoding, ENCODINGS } from './encodings.js';

const decoders = { br: brotliDecompressSync, gzip: gunzipSync };

describe('content codings', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['', undefined],
    [undefined, undefined],
    ['*', undefined],
    ['br;q=x', undefined],
  ])('of %j takes %s', (header, expected) => {
    expect(acceptedEncoding(header)?.name).toBe(expected);
  });

  it.each(ENCODINGS)('$name gives back every body', ({ name, encode }) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (body) => {
        expect(new Uint8Array(decoders[name](encode(body)))).toEqual(body);
      }),
      { numRuns: 30 },
    );
  });
});
