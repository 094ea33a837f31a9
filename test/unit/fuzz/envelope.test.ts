import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url } from '../../../packages/vault/src/crypto/bytes.js';
import { open, seal, sealingKey } from '../../../packages/vault/src/crypto/envelope.js';
import { keyRing } from '../../../packages/vault/src/crypto/key-ring.js';
import { pad, unpad } from '../../../packages/vault/src/crypto/padding.js';
import { RUNS } from '../../support/fuzz/runs.js';

const key = sealingKey(7, randomBytes(32));
const ring = keyRing(randomBytes(32));
const place = Buffer.from('row 1');
const one = seal(key, pad('4242424242424242'), place);
const two = seal(key, pad('5555555555554444'), place);
const bytes = fc.uint8Array({ maxLength: 120 });

interface Change {
  readonly name: string;
  readonly make: (at: number, by: Uint8Array) => Uint8Array;
}

/** Everything that happens to bytes in a table: flipped, cut, grown, torn out, put in, spliced from a neighbour. */
const CHANGES: readonly Change[] = [
  {
    name: 'bits flipped',
    make: (at, by) =>
      one.map((byte, index) => (index >= at && index < at + by.length ? byte ^ (by[index - at] ?? 0) : byte)),
  },
  { name: 'cut', make: (at) => one.subarray(0, at) },
  { name: 'its beginning gone', make: (at) => one.subarray(at) },
  { name: 'grown at the end', make: (_, by) => Buffer.concat([one, by]) },
  { name: 'grown at the beginning', make: (_, by) => Buffer.concat([by, one]) },
  { name: 'something put in', make: (at, by) => Buffer.concat([one.subarray(0, at), by, one.subarray(at)]) },
  { name: 'something torn out', make: (at, by) => Buffer.concat([one.subarray(0, at), one.subarray(at + by.length)]) },
  { name: 'the rest of a neighbour', make: (at) => Buffer.concat([one.subarray(0, at), two.subarray(at)]) },
  { name: 'twice', make: () => Buffer.concat([one, one]) },
];

const change = fc
  .tuple(fc.constantFrom(...CHANGES), fc.nat(one.length), fc.uint8Array({ minLength: 1, maxLength: 20 }))
  .map(([{ name, make }, at, by]) => ({ name, made: make(at, by) }));

describe('envelopes that were tampered with', () => {
  it('start from one that opens', () => {
    expect(unpad(open(key, one, place) ?? Buffer.alloc(0))).toBe('4242424242424242');
  });

  it('A72 do not open, whatever was done to them', () => {
    fc.assert(
      fc.property(change, ({ name, made }) => {
        const opened = open(key, made, place);
        if (Buffer.from(made).equals(one) || Buffer.from(made).equals(two)) return;
        expect(opened, name).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('A72 do not open and do not throw, whatever bytes they are, also behind a right header', () => {
    const header = one.subarray(0, 6);
    const any = fc.oneof(
      bytes,
      bytes.map((rest) => Buffer.concat([header, rest])),
    );
    fc.assert(
      fc.property(any, bytes, (envelope, aad) => {
        expect(open(key, envelope, aad)).toBeUndefined();
        expect(ring.unwrap(envelope, aad)).toBeUndefined();
        expect(ring.openResponse(envelope, aad)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('A72 do not open in any other place', () => {
    fc.assert(
      fc.property(bytes, (aad) => {
        expect(open(key, one, aad) === undefined).toBe(!place.equals(aad));
      }),
      { numRuns: RUNS },
    );
  });

  it('padding gives text only for what was padded, over any bytes', () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const text = unpad(Buffer.from(content));
        const last = content.findLastIndex((byte) => byte !== 0);
        expect(text === undefined).toBe(content[last] !== 0x80);
      }),
      { numRuns: RUNS },
    );
  });

  it('base64url takes exactly one spelling of any bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          bytes.map((content) => Buffer.from(content).toString('base64')),
        ),
        (text) => {
          const read = fromBase64url(text);
          if (read !== undefined) expect(read.toString('base64url')).toBe(text);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
