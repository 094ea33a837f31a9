import { createDecipheriv, createHmac, createPublicKey, createSecretKey, hkdfSync, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, sealingKey } from '../../../packages/vault/src/crypto/envelope.js';
import { thumbprintOf } from '../../../packages/vault/src/crypto/thumbprint.js';
import { checkProof } from '../../../packages/vault/src/http/dpop.js';
import { allPassed, readVectors, type Described } from '../../support/vectors/read-vectors.js';
import { runVectors, type VectorSuites } from '../../support/vectors/run-vectors.js';

const hex = (text: string): Buffer<ArrayBuffer> => Buffer.from(text, 'hex');
const flipped = (text: string): string => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;

let suites: Described;
beforeAll(async () => {
  suites = await readVectors();
});

/** The same vectors, each with one digit of what it expects changed. */
function spoilt({ seal, signature, mac, derive }: VectorSuites): VectorSuites {
  const valid = <R extends { readonly result: string }>(rows: readonly R[]): readonly R[] =>
    rows.filter(({ result }) => result === 'valid');
  return {
    seal: { tests: valid(seal.tests).map((row) => ({ ...row, tag: flipped(row.tag) })) },
    signature: {
      groups: signature.groups.map(({ key, tests }) => ({
        key,
        tests: valid(tests).map((row) => ({ ...row, sig: flipped(row.sig) })),
      })),
    },
    mac: { tests: valid(mac.tests).map((row) => ({ ...row, tag: flipped(row.tag) })) },
    derive: { tests: valid(derive.tests).map((row) => ({ ...row, okm: flipped(row.okm) })) },
  };
}

describe('Wycheproof', () => {
  it('holds in WebCrypto, with no vector skipped', async () => {
    expect(await runVectors(suites, crypto.subtle)).toEqual(allPassed(suites));
  });

  it('would be seen not to hold: every vector with one wrong digit fails', async () => {
    const result = await runVectors(spoilt(suites), crypto.subtle);
    const { seal, signature, mac, derive } = result;
    expect([seal.passed, signature.passed, mac.passed, derive.passed]).toEqual([0, 0, 0, 0]);
    expect([seal.failed.length, mac.failed.length, derive.failed.length]).toEqual([39, 27, 35]);
    expect(signature.failed.length).toBeGreaterThan(150);
  });
});

describe('Wycheproof through node:crypto, called as the vault calls it', () => {
  it('A72 AES-256-GCM opens what is valid and nothing else', () => {
    const wrong = suites.seal.tests.filter(({ key, iv, aad, msg, ct, tag, result }) => {
      const decipher = createDecipheriv('aes-256-gcm', createSecretKey(hex(key)), hex(iv), { authTagLength: 16 });
      decipher.setAAD(hex(aad));
      decipher.setAuthTag(hex(tag));
      const plain = decipher.update(hex(ct));
      try {
        return Buffer.concat([plain, decipher.final()]).toString('hex') !== msg || result !== 'valid';
      } catch {
        return result === 'valid';
      }
    });
    expect(wrong).toEqual([]);
  });

  it('A75 ECDSA verifies what is valid and nothing else', () => {
    const wrong = suites.signature.groups.flatMap(({ key, tests }) => {
      const imported = createPublicKey({ key: { ...key }, format: 'jwk' });
      return tests.filter(({ msg, sig, result }) => {
        const how = { key: imported, dsaEncoding: 'ieee-p1363' } as const;
        return verify('sha256', hex(msg), how, hex(sig)) !== (result === 'valid');
      });
    });
    expect(wrong).toEqual([]);
  });

  it('HMAC gives the tags that are valid and no other', () => {
    const wrong = suites.mac.tests.filter(({ key, msg, tag, result }) => {
      const made = createHmac('sha256', createSecretKey(hex(key)))
        .update(hex(msg))
        .digest();
      return made.equals(hex(tag)) !== (result === 'valid');
    });
    expect(wrong).toEqual([]);
  });

  it('HKDF derives what is expected', () => {
    const wrong = suites.derive.tests.filter(
      ({ ikm, salt, info, size, okm }) =>
        !Buffer.from(hkdfSync('sha256', hex(ikm), hex(salt), hex(info), size)).equals(hex(okm)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('Wycheproof through our own code', () => {
  const HEADER = hex('010100000007');
  /** GCM by another implementation, in the form of our envelope. */
  async function sealedByWebCrypto(row: VectorSuites['seal']['tests'][number]): Promise<Buffer> {
    const key = await crypto.subtle.importKey('raw', hex(row.key), 'AES-GCM', false, ['encrypt']);
    const additionalData = Buffer.concat([HEADER, hex(row.aad)]);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: hex(row.iv), additionalData }, key, hex(row.msg));
    return Buffer.concat([HEADER, hex(row.iv), Buffer.from(sealed)]);
  }

  it('A72 an envelope of another implementation opens, with the modified tag it does not', async () => {
    for (const row of suites.seal.tests) {
      const envelope = await sealedByWebCrypto(row);
      const key = sealingKey(7, hex(row.key));
      expect(open(key, envelope, hex(row.aad))?.toString('hex'), String(row.tcId)).toBe(row.msg);
      const changed = Buffer.concat([envelope.subarray(0, -16), hex(row.tag)]);
      expect(open(key, changed, hex(row.aad)), String(row.tcId)).toBeUndefined();
    }
  });

  it('A75 a proof takes every key that is a point of the curve, and none of the signatures', () => {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = encode({ jti: 'a'.repeat(22), htm: 'POST', htu: 'https://v', iat: 1, ath: 'a'.repeat(43) });
    const reasons = suites.signature.groups.flatMap(({ key: { x, y }, tests }) => {
      const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
      const head = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk });
      const target = { method: 'POST', url: 'https://v', token: '', thumbprint: thumbprintOf(jwk) };
      return tests.map(({ tcId, sig }) => {
        const proof = `${head}.${payload}.${hex(sig).toString('base64url')}`;
        const verdict = checkProof(proof, target, { now: 1000, started: 0 });
        const expected = sig.length === 128 ? 'proof-signature' : 'proof-malformed';
        return verdict.ok || verdict.reason !== expected ? tcId : 0;
      });
    });
    expect(reasons).toHaveLength(252);
    expect(reasons.filter((tcId) => tcId !== 0)).toEqual([]);
  });
});
