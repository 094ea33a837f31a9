import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { sha256 } from '../crypto/bytes.js';
import { thumbprintOf, type PublicJwk } from '../crypto/thumbprint.js';

/** A coordinator's key, as far as tests need it. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly jwk: PublicJwk;
  readonly thumbprint: string;
}

export function testKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  return { privateKey, jwk, thumbprint: thumbprintOf(jwk) };
}

/** What a proof says; every part can be replaced by something wrong. */
export interface ProofSpec {
  readonly key: TestKey;
  readonly token: string;
  readonly url: string;
  readonly now: number;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signJws(head: string, body: string, key: KeyObject): string {
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

export function makeProof({ key, token, url, now, header = {}, payload = {} }: ProofSpec): string {
  const head = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...header });
  const body = encode({
    jti: randomBytes(16).toString('base64url'),
    htm: 'POST',
    htu: url,
    iat: Math.floor(now / 1000),
    ath: sha256(token).toString('base64url'),
    ...payload,
  });
  return signJws(head, body, key.privateKey);
}
