import { describe, expect, it } from 'vitest';
import { sha256 } from '../vault/test-support/verify-proof.js';
import { base64url } from './base64url.js';
import { createKey } from './key.js';

describe('the coordinator’s key', () => {
  it('is made anew each time, and named by its thumbprint (RFC 7638)', async () => {
    const [one, other] = [await createKey(crypto.subtle), await createKey(crypto.subtle)];
    const { crv, kty, x, y } = one.jwk;
    expect(one.thumbprint).toBe(await sha256(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`));
    expect(one.thumbprint).not.toBe(other.thumbprint);
  });

  it('cannot be exported, by us neither', async () => {
    const made: CryptoKeyPair[] = [];
    const asked: unknown[] = [];
    const subtle = new Proxy(crypto.subtle, {
      get: (target, name) => {
        if (name !== 'generateKey') return (target[name as 'sign'] as (...all: unknown[]) => unknown).bind(target);
        return async (algorithm: EcKeyGenParams, extractable: boolean, usages: KeyUsage[]) => {
          asked.push(extractable);
          const pair = await target.generateKey(algorithm, extractable, usages);
          made.push(pair);
          return pair;
        };
      },
    });
    const key = await createKey(subtle);
    expect(asked).toEqual([false]);
    for (const { privateKey } of made) {
      await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
      expect(privateKey.usages).toEqual(['sign']);
    }
    expect(JSON.stringify(key)).not.toContain('"d"');
  });

  it('is a code, not a message, where the browser cannot make it', async () => {
    const subtle = new Proxy(crypto.subtle, {
      get: () => () => Promise.reject(new Error('NotSupportedError: P-256 in /internal/path')),
    });
    await expect(createKey(subtle)).rejects.toMatchObject({ code: 'unsupported', hint: undefined });
  });
});

describe('base64url', () => {
  it.each([
    [[], ''],
    [[0], 'AA'],
    [[251, 255, 191], '-_-_'],
    [[102, 111, 111, 98], 'Zm9vYg'],
  ])('encodes %j as %s (RFC 4648 §5)', (bytes, text) => {
    expect(base64url(Uint8Array.from(bytes))).toBe(text);
  });
});
