import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a proof is for; `header` and `payload` replace parts of it by something wrong. */
export interface ProofOf {
  readonly token: string;
  /** Address of the request. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A P-256 key that a test holds, as a coordinator holds its own, and the proofs it makes: written from RFC 9449 and
 * RFC 7638 and not from our code, so that a mistake of ours does not prove itself right.
 */
export class ProofKey {
  readonly #private: KeyObject;
  readonly jwk: Readonly<Record<'crv' | 'kty' | 'x' | 'y', string>>;
  readonly thumbprint: string;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#private = privateKey;
    this.jwk = { crv: 'P-256', kty: 'EC', x, y };
    this.thumbprint = sha256(JSON.stringify(this.jwk));
  }

  prove({ token, url, now, header = {}, payload = {} }: ProofOf): string {
    const head = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.jwk, ...header });
    const claims = {
      jti: randomBytes(16).toString('base64url'),
      htm: 'POST',
      htu: url,
      iat: Math.floor(now / 1000),
      ath: sha256(token),
      ...payload,
    };
    const signed = `${head}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#private, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}
