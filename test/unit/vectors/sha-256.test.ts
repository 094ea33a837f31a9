import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../packages/vault/src/crypto/bytes.js';

/** FIPS 180-4, NIST's examples for SHA-256; Wycheproof has no vectors for a bare hash. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];

describe('SHA-256', () => {
  it.each(EXAMPLES)(
    'hashes %.20s as FIPS 180-4 says, in Node and in WebCrypto, whole and in parts',
    async (text, hash) => {
      const bytes = new TextEncoder().encode(text);
      expect(sha256(text).toString('hex')).toBe(hash);
      expect(sha256(text.slice(0, 2), bytes.subarray(2)).toString('hex')).toBe(hash);
      expect(Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')).toBe(hash);
    },
  );
});
