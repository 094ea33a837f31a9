import { describe, expect, it } from 'vitest';
import { createKey } from '../../coordinator/key.js';
import { sha256, verifyProof } from '../test-support/verify-proof.js';
import { proofs } from './proof.js';

const URL_OF_RECORDS = 'https://vault.shop.example/v1/records';
const SESSION = 'cls_a-session-of-this-shopper';

async function made() {
  const key = await createKey(crypto.subtle);
  const proof = await proofs(key, crypto)({ url: URL_OF_RECORDS, session: SESSION, now: 1_900_000_000_999 });
  return { key, proof };
}

describe('DPoP proof (RFC 9449)', () => {
  it('verifies with the key that it names, for one request, token and second', async () => {
    const { key, proof } = await made();
    const verified = await verifyProof(proof);
    expect(verified?.thumbprint).toBe(key.thumbprint);
    expect(verified?.claims).toMatchObject({
      htm: 'POST',
      htu: URL_OF_RECORDS,
      iat: 1_900_000_000,
      ath: await sha256(SESSION),
    });
  });

  it('carries 128 random bits that never come twice', async () => {
    const { key } = await made();
    const prove = proofs(key, crypto);
    const ids = new Set<string | undefined>();
    for (let index = 0; index < 50; index += 1) {
      const proof = await prove({ url: URL_OF_RECORDS, session: SESSION, now: 0 });
      ids.add((await verifyProof(proof))?.claims.jti);
    }
    expect(ids.size).toBe(50);
    expect([...ids].every((id) => id?.length === 22)).toBe(true);
  });

  it('A75 does not verify when a character of it was changed', async () => {
    const { proof } = await made();
    const [header = '', payload = '', signature = ''] = proof.split('.');
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    expect(await verifyProof(`${header}.${payload}.${flipped}`)).toBeNull();
    const other = await made();
    expect(await verifyProof(`${header}.${payload}.${other.proof.split('.')[2] ?? ''}`)).toBeNull();
  });

  it('holds neither the session nor any private part of the key', async () => {
    const { proof } = await made();
    const readable = proof
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join('\n');
    expect(readable).toContain('"jwk":{"crv":"P-256","kty":"EC","x":"');
    expect(readable).not.toContain(SESSION);
    expect(readable).not.toContain('"d":');
  });
});
