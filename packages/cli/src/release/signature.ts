import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { CliFailure } from '../failure.js';

/**
 * A manifest's signature: base64 of Ed25519 (RFC 8032), or of ECDSA P-256 with SHA-256 (FIPS 186-5, DER), over the bytes
 * of the manifest's file, so that `openssl pkeyutl` can check it too.
 *
 * Invariant: the key that the user pinned decides the algorithm. The signature file names none, so nobody can choose it.
 */

/** @throws CliFailure `key` when it is no Ed25519 or P-256 private key. */
export function readPrivateKey(pem: string): KeyObject {
  return readKey(() => createPrivateKey(pem), 'private');
}

/** @throws CliFailure `key` when it is no Ed25519 or P-256 public key. */
export function readPublicKey(pem: string): KeyObject {
  // Node would take the public half of a private key; who pins that one has the wrong file in his hands.
  if (pem.includes('PRIVATE KEY')) throw new CliFailure('key', 'that is a private key; pin the public one');
  return readKey(() => createPublicKey(pem), 'public');
}

function readKey(read: () => KeyObject, kind: string): KeyObject {
  try {
    const key = read();
    if (isSupported(key)) return key;
  } catch {
    // Said below; what the library says may quote the key.
  }
  throw new CliFailure('key', `a ${kind} key is an Ed25519 or P-256 key in PEM form`);
}

function isSupported({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return (
    asymmetricKeyType === 'ed25519' || (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1')
  );
}

const digestFor = (key: KeyObject): string | null => (key.asymmetricKeyType === 'ed25519' ? null : 'sha256');

/** The signature file's content. */
export function signatureOf(manifest: string, key: KeyObject): string {
  return `${sign(digestFor(key), Buffer.from(manifest), key).toString('base64')}\n`;
}

/** Whether the holder of the pinned key signed exactly these bytes. */
export function isSignedBy(manifest: string, signature: string, key: KeyObject): boolean {
  return verify(digestFor(key), Buffer.from(manifest), key, Buffer.from(signature.trim(), 'base64'));
}

/** A short name of a public key: SHA-256 of its SPKI form (RFC 5280 §4.1.2.7), as `openssl pkey -outform DER` gives it. */
export function keyId(key: KeyObject): string {
  const pub = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(pub.export({ format: 'der', type: 'spki' }))
    .digest('hex');
}
