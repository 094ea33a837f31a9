import { CodedError } from '@cloister/protocol';
import { base64url } from './base64url.js';

/** A public P-256 key as RFC 7517 writes it, members in the order of RFC 7638 §3.3. */
export interface PublicJwk {
  readonly crv: 'P-256';
  readonly kty: 'EC';
  readonly x: string;
  readonly y: string;
}

/** The coordinator's key: what it proves possession with (RFC 9449). */
export interface ProofKey {
  readonly jwk: PublicJwk;
  /** RFC 7638, SHA-256, base64url. All that the page learns of the key. */
  readonly thumbprint: string;
  /** ES256 (RFC 7518 §3.4): 64 bytes, r and s. */
  readonly sign: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * Makes the key of this coordinator's life.
 *
 * Security: the private half is not extractable and stays in this closure: not even our own code can copy it, so a stolen
 * session token is worth nothing elsewhere (rule 3). It dies with the document.
 *
 * @throws CodedError `unsupported` where the browser cannot make it.
 */
export async function createKey(subtle: SubtleCrypto): Promise<ProofKey> {
  try {
    const pair = await subtle.generateKey(ALGORITHM, false, ['sign']);
    const { x, y } = await subtle.exportKey('jwk', pair.publicKey);
    if (x === undefined || y === undefined) throw new CodedError('unsupported');
    const jwk: PublicJwk = { crv: 'P-256', kty: 'EC', x, y };
    return {
      jwk,
      thumbprint: await thumbprint(subtle, jwk),
      sign: async (data) => new Uint8Array(await subtle.sign(SIGNATURE, pair.privateKey, data)),
    };
  } catch {
    throw new CodedError('unsupported');
  }
}

/** RFC 7638 §3: the hash of the required members alone, in lexicographic order, without white space. */
async function thumbprint(subtle: SubtleCrypto, { crv, kty, x, y }: PublicJwk): Promise<string> {
  const canonical = new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }));
  return base64url(new Uint8Array(await subtle.digest('SHA-256', canonical)));
}
