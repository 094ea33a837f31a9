/** What a proof claims, read without believing any of it. */
export interface ProofClaims {
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  readonly iat: number;
  readonly ath: string;
}

interface ReadProof {
  readonly header: unknown;
  readonly claims: ProofClaims;
  readonly x: string;
  readonly y: string;
}

const bytes = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const fromBase64url = (part: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const toBase64url = (content: Uint8Array): string =>
  btoa(String.fromCharCode(...content))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const text = (part: string): string => new TextDecoder().decode(fromBase64url(part));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const hasStrings = (value: unknown, keys: readonly string[]): boolean =>
  isRecord(value) && keys.every((key) => typeof value[key] === 'string');

function read(proof: string): ReadProof {
  const [head = '', body = ''] = proof.split('.');
  const header: unknown = JSON.parse(text(head));
  const claims: unknown = JSON.parse(text(body));
  const jwk = isRecord(header) && isRecord(header['jwk']) ? header['jwk'] : {};
  if (!hasStrings(jwk, ['x', 'y']) || !hasStrings(claims, ['jti', 'htm', 'htu', 'ath'])) throw new Error('not a proof');
  // The keys and their kinds were checked on the line above; the rest is compared as a whole by the caller.
  return { header, claims: claims as ProofClaims, x: String(jwk['x']), y: String(jwk['y']) };
}

/** SHA-256 in base64url, as `ath` and thumbprints use it. */
export async function sha256(content: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(content))));
}

/**
 * Verifies a proof as RFC 9449 §4.3 says (but for the comparisons that need the request), with the platform's WebCrypto:
 * exactly the header members that there should be, and a signature by the key in them.
 *
 * @returns the claims and the key's thumbprint (RFC 7638), or `null`.
 */
export async function verifyProof(proof: string): Promise<{ claims: ProofClaims; thumbprint: string } | null> {
  const { header, claims, x, y } = read(proof);
  const jwk = { crv: 'P-256', kty: 'EC', x, y };
  if (JSON.stringify(header) !== JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk })) return null;
  if (Object.keys(claims).toSorted().join() !== 'ath,htm,htu,iat,jti') return null;
  const parts = proof.split('.');
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const signature = fromBase64url(parts[2] ?? '');
  const signed = bytes(parts.slice(0, 2).join('.'));
  const valid = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, signed);
  return valid && parts.length === 3 ? { claims, thumbprint: await sha256(JSON.stringify(jwk)) } : null;
}
