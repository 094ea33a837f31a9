import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { open, seal, sealingKey } from './envelope.js';

const key = sealingKey(7, randomBytes(32));
const aad = Buffer.from('row 1');
const bytes = (max: number) => fc.uint8Array({ maxLength: max });

describe('envelope', () => {
  it('opens to what was sealed, for any bytes and any place', () => {
    fc.assert(
      fc.property(bytes(200), bytes(60), (plain, place) => {
        expect(open(key, seal(key, plain, place), place)).toEqual(Buffer.from(plain));
      }),
    );
  });

  it('A72 does not open in another row', () => {
    expect(open(key, seal(key, Buffer.from('4242'), aad), Buffer.from('row 2'))).toBeUndefined();
  });

  it('A72 does not open when any single byte is changed', () => {
    const envelope = seal(key, Buffer.from('4242424242424242'), aad);
    for (let index = 0; index < envelope.length; index += 1) {
      const changed = Buffer.from(envelope);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(open(key, changed, aad), `byte ${String(index)}`).toBeUndefined();
    }
  });

  it('A72 does not open when cut or lengthened', () => {
    const envelope = seal(key, Buffer.from('4242424242424242'), aad);
    for (let length = 0; length < envelope.length; length += 1)
      expect(open(key, envelope.subarray(0, length), aad), `${String(length)} bytes`).toBeUndefined();
    expect(open(key, Buffer.concat([envelope, Buffer.alloc(1)]), aad)).toBeUndefined();
  });

  it('does not open with another key, nor with the same key under another number', () => {
    const envelope = seal(key, Buffer.from('4242'), aad);
    expect(open(sealingKey(7, randomBytes(32)), envelope, aad)).toBeUndefined();
    expect(open({ ...key, id: 8 }, envelope, aad)).toBeUndefined();
  });

  it('never seals the same bytes the same way twice', () => {
    const sealed = new Set(
      Array.from({ length: 500 }, () => seal(key, Buffer.from('739'), aad).subarray(6, 18).toString('hex')),
    );
    expect(sealed.size).toBe(500);
  });
});
