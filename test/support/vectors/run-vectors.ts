/*
 * Runs Wycheproof vectors through WebCrypto. Self-contained and free of Node, so that the very same code runs in Node and, served
 * as a module, in every browser (`vectors-page.ts`).
 */

interface Row {
  readonly tcId: number;
  readonly result: string;
}
interface SealRow extends Row {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}
interface SignatureRow extends Row {
  readonly msg: string;
  readonly sig: string;
}
interface MacRow extends Row {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
}
interface DeriveRow extends Row {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}
interface SignatureGroup {
  readonly key: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
  readonly tests: readonly SignatureRow[];
}

/** The data, as it stands in `test/vectors/wycheproof/`. */
export interface VectorSuites {
  readonly seal: { readonly tests: readonly SealRow[] };
  readonly signature: { readonly groups: readonly SignatureGroup[] };
  readonly mac: { readonly tests: readonly MacRow[] };
  readonly derive: { readonly tests: readonly DeriveRow[] };
}

/** A vector that could not be tried, and why. */
export interface Skipped {
  readonly tcId: number;
  readonly reason: string;
}

/** What came of the vectors of one primitive. */
export interface VectorCount {
  readonly passed: number;
  readonly failed: readonly number[];
  readonly skipped: readonly Skipped[];
}
export type VectorResult = Readonly<Record<keyof VectorSuites, VectorCount>>;

type Bytes = Uint8Array<ArrayBuffer>;
/** Whether the vector does what it says, as this engine sees it. */
type Try<R> = (row: R) => Promise<boolean>;

const bytes = (hex: string): Bytes =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** `null` instead of the engine's exception, whatever its words. */
const orNull = <T>(promise: Promise<T>): Promise<T | null> => promise.catch(() => null);

async function count<R extends Row>(rows: readonly R[], holds: Try<R>): Promise<VectorCount> {
  const failed: number[] = [];
  const skipped: Skipped[] = [];
  for (const row of rows) {
    try {
      if (!(await holds(row))) failed.push(row.tcId);
    } catch (error) {
      skipped.push({ tcId: row.tcId, reason: String(error) });
    }
  }
  return { passed: rows.length - failed.length - skipped.length, failed, skipped };
}

/** Opens to the message and seals to the same bytes; a vector that is invalid does not open. */
function sealing(subtle: SubtleCrypto): Try<SealRow> {
  return async ({ key, iv, aad, msg, ct, tag, result }) => {
    const imported = await subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const how = { name: 'AES-GCM', iv: bytes(iv), additionalData: bytes(aad), tagLength: 128 };
    const opened = await orNull(subtle.decrypt(how, imported, bytes(ct + tag)));
    if (result !== 'valid') return opened === null;
    const sealed = await subtle.encrypt(how, imported, bytes(msg));
    return opened !== null && hex(opened) === msg && hex(sealed) === ct + tag;
  };
}

function verifying(subtle: SubtleCrypto, key: CryptoKey): Try<SignatureRow> {
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  return async ({ msg, sig, result }) =>
    ((await orNull(subtle.verify(how, key, bytes(sig), bytes(msg)))) === true) === (result === 'valid');
}

async function signatures(subtle: SubtleCrypto, groups: readonly SignatureGroup[]): Promise<VectorCount> {
  const counts: VectorCount[] = [];
  for (const { key, tests } of groups) {
    const how = { name: 'ECDSA', namedCurve: 'P-256' };
    const imported = await orNull(subtle.importKey('jwk', key, how, false, ['verify']));
    if (imported !== null) counts.push(await count(tests, verifying(subtle, imported)));
    // Every key here is a point of the curve: an engine that does not take one fails.
    else counts.push({ passed: 0, failed: tests.map(({ tcId }) => tcId), skipped: [] });
  }
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.flatMap(({ failed }) => failed),
    skipped: counts.flatMap(({ skipped }) => skipped),
  };
}

function authenticating(subtle: SubtleCrypto): Try<MacRow> {
  return async ({ key, msg, tag, result }) => {
    const how = { name: 'HMAC', hash: 'SHA-256' };
    const imported = await subtle.importKey('raw', bytes(key), how, false, ['sign', 'verify']);
    const verified = await subtle.verify('HMAC', imported, bytes(tag), bytes(msg));
    const same = hex(await subtle.sign('HMAC', imported, bytes(msg))) === tag;
    return verified === (result === 'valid') && same === verified;
  };
}

function deriving(subtle: SubtleCrypto): Try<DeriveRow> {
  return async ({ ikm, salt, info, size, okm }) => {
    const imported = await subtle.importKey('raw', bytes(ikm), 'HKDF', false, ['deriveBits']);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: bytes(salt), info: bytes(info) };
    return hex(await subtle.deriveBits(how, imported, size * 8)) === okm;
  };
}

/** Tries every vector; never throws for one of them. */
export async function runVectors(suites: VectorSuites, subtle: SubtleCrypto): Promise<VectorResult> {
  return {
    seal: await count(suites.seal.tests, sealing(subtle)),
    signature: await signatures(subtle, suites.signature.groups),
    mac: await count(suites.mac.tests, authenticating(subtle)),
    derive: await count(suites.derive.tests, deriving(subtle)),
  };
}
