import { createPublicKey, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import {
  PROOF_AHEAD,
  PROOF_PAST,
  decode,
  integer,
  literal,
  object,
  string,
  type Infer,
  ID,
  THUMBPRINT,
} from '@cloister/protocol';
import { fromBase64url, sha256 } from '../crypto/bytes.js';
import { thumbprintOf, type PublicJwk } from '../crypto/thumbprint.js';
import type { RefusalReason } from '../service/refusal.js';
import { SECOND } from '../time/clock.js';
import { parseStrictJson } from './strict-json.js';

/*
 * DPoP proofs (RFC 9449 §4.3), narrowed: one algorithm, one curve, one form.
 *
 * 1. A compact JWS of at most 2 048 characters, strict base64url, strict JSON.
 * 2. Header exactly { typ, alg, jwk } with jwk exactly { kty, crv, x, y }: nothing can name another key, algorithm or
 *    critical extension (`kid`, `jku`, `x5c`, `crit`, `b64` are unknown keys), and a private key (`d`) is refused (A75).
 * 3. Payload exactly { jti, htm, htu, iat, ath }, for this method, this address, this session token.
 * 4. Signed by the key whose thumbprint the session is bound to; verified with `node:crypto` (P1363 signatures, RFC 7518
 *    §3.4).
 * 5. `iat` at most 60 s ago and 2 s ahead (RFC 9449 §11.1), and not before this process started: what was used before is not
 *    remembered. A proof that is dated ahead is not used before its time (`authenticate.ts`), so that whatever an earlier
 *    process took is dated before this one started.
 * 6. The id (`jti`) is new; that is asked last, so that only valid proofs take room in the memory.
 */
const MAX_PROOF = 2048;
const SIGNATURE_BYTES = 64;
/** How long an id must be remembered: from the earliest moment at which a proof counts to the last. */
export const PROOF_LIFE = PROOF_PAST + PROOF_AHEAD + 2 * SECOND;

const coordinate = string({ min: 43, max: 43, format: THUMBPRINT });
const proofHeader = object({
  typ: literal('dpop+jwt'),
  alg: literal('ES256'),
  jwk: object({ kty: literal('EC'), crv: literal('P-256'), x: coordinate, y: coordinate }),
});
const proofPayload = object({
  jti: string({ min: 16, max: 64, format: ID }),
  htm: string({ min: 1, max: 10 }),
  htu: string({ min: 1, max: 400 }),
  iat: integer(0, 10_000_000_000),
  ath: string({ min: 43, max: 43, format: THUMBPRINT }),
});
type Payload = Infer<typeof proofPayload>;

/** What the proof must be for. */
export interface ProofTarget {
  readonly method: string;
  /** The exact address, without query and fragment. */
  readonly url: string;
  readonly token: string;
  /** Thumbprint that the session is bound to. */
  readonly thumbprint: string;
}

/** The moment, and when this process began. Milliseconds. */
export interface ProofTime {
  readonly now: number;
  readonly started: number;
}

/** A proof that holds says its id and its time; it counts from then on. */
export type ProofVerdict =
  | { readonly ok: true; readonly id: string; readonly from: number }
  | { readonly ok: false; readonly reason: RefusalReason };

const refuse = (reason: RefusalReason): ProofVerdict => ({ ok: false, reason });

interface Parts {
  readonly jwk: PublicJwk;
  readonly payload: Payload;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

function readJson(text: string): unknown {
  const bytes = fromBase64url(text);
  const parsed = bytes === undefined ? undefined : parseStrictJson(bytes);
  return parsed?.ok === true ? parsed.value : undefined;
}

function split(proof: string): Parts | undefined {
  if (proof.length > MAX_PROOF) return undefined;
  const [head, body, tail, ...more] = proof.split('.');
  if (head === undefined || body === undefined || tail === undefined || more.length > 0) return undefined;
  const header = decode(proofHeader, readJson(head));
  const payload = decode(proofPayload, readJson(body));
  const signature = fromBase64url(tail);
  if (!header.ok || !payload.ok || signature?.length !== SIGNATURE_BYTES) return undefined;
  return { jwk: header.value.jwk, payload: payload.value, signed: Buffer.from(`${head}.${body}`), signature };
}

/** `undefined` when the coordinates are not a point of the curve. */
function importKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function isInTime(iat: number, { now, started }: ProofTime): boolean {
  const at = iat * SECOND;
  return at >= now - PROOF_PAST && at <= now + PROOF_AHEAD && at >= started;
}

function checkClaims({ payload }: Parts, target: ProofTarget, time: ProofTime): ProofVerdict {
  if (payload.htm !== target.method || payload.htu !== target.url) return refuse('proof-target');
  if (!equal(payload.ath, sha256(target.token).toString('base64url'))) return refuse('proof-token');
  if (!isInTime(payload.iat, time)) return refuse('proof-time');
  return { ok: true, id: payload.jti, from: payload.iat * SECOND };
}

/** Checks a proof against all of the above but 6; total. */
export function checkProof(proof: string, target: ProofTarget, time: ProofTime): ProofVerdict {
  const parts = split(proof);
  if (parts === undefined) return refuse('proof-malformed');
  if (!equal(thumbprintOf(parts.jwk), target.thumbprint)) return refuse('proof-key');
  const key = importKey(parts.jwk);
  if (key === undefined) return refuse('proof-key');
  if (!verify('sha256', parts.signed, { key, dsaEncoding: 'ieee-p1363' }, parts.signature))
    return refuse('proof-signature');
  return checkClaims(parts, target, time);
}
