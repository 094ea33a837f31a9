import { base64url } from '../../coordinator/base64url.js';
import type { ProofKey } from '../../coordinator/key.js';

/** What one proof is made for. */
export interface ProofOptions {
  readonly key: ProofKey;
  readonly crypto: Crypto;
  /** The exact URL of the request, without query and fragment. */
  readonly url: string;
  /** The session token that goes with it. */
  readonly session: string;
  /** Milliseconds since the epoch, by the vault's clock as far as we know it. */
  readonly now: number;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const part = (value: object): string => base64url(utf8(JSON.stringify(value)));

/** A DPoP proof (RFC 9449 §4.2) for one `POST`: which key, which request, which token, when, and never twice. */
export async function dpopProof({ key, crypto, url, session, now }: ProofOptions): Promise<string> {
  const { crv, kty, x, y } = key.jwk;
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { crv, kty, x, y } });
  const payload = part({
    jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
    htm: 'POST',
    htu: url,
    iat: Math.floor(now / 1000),
    ath: base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(session)))),
  });
  const signed = `${header}.${payload}`;
  return `${signed}.${base64url(await key.sign(utf8(signed)))}`;
}
