import { sha256 } from './bytes.js';

/** A public P-256 key as a JWK, with nothing else in it. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** RFC 7638 §3: SHA-256 over the required members in lexicographic order, base64url. */
export function thumbprintOf({ crv, kty, x, y }: PublicJwk): string {
  return sha256(JSON.stringify({ crv, kty, x, y })).toString('base64url');
}
