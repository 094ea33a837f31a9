import { base64url } from '../../coordinator/base64url.js';
import type { ProofKey } from '../../coordinator/key.js';

/** What one proof is made for. */
export interface ProofOf {
  /** The exact URL of the request, without query and fragment. */
  readonly url: string;
  /** The session token that goes with it. */
  readonly session: string;
  /** Milliseconds since the epoch, by the vault's clock as far as we know it. */
  readonly now: number;
}

/** Makes one proof. */
export type Prove = (what: ProofOf) => Promise<string>;

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const part = (value: object): string => base64url(utf8(JSON.stringify(value)));

/** DPoP proofs (RFC 9449 §4.2), each for one `POST`: which key, which request, which token, when, and never twice. */
export function proofs({ jwk: { crv, kty, x, y }, sign }: ProofKey, crypto: Crypto): Prove {
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { crv, kty, x, y } });
  return async ({ url, session, now }) => {
    const payload = part({
      jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
      htm: 'POST',
      htu: url,
      iat: Math.floor(now / 1000),
      ath: base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(session)))),
    });
    const signed = `${header}.${payload}`;
    return `${signed}.${base64url(await sign(utf8(signed)))}`;
  };
}
