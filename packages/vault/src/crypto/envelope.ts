import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

/*
 * An envelope is  0x01 | alg | key_id(4) | iv(12) | ciphertext | tag(16).
 *
 * 1. AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV. A data key seals a handful of values and a key-encryption key
 *    far fewer than 2^32 data keys, so IVs do not meet.
 * 2. The header is authenticated together with the caller's AAD, which names the place the envelope stands in: moved to
 *    another row, or with any byte changed, it does not open (A72).
 * 3. `key_id` says which key opens it. It is checked, never used to choose code.
 */
const VERSION = 1;
const AES_256_GCM = 1;
const HEADER = 6;
const IV = 12;
const TAG = 16;

/** A key and the number it goes by. As a `KeyObject`: Node takes five times as long over the same key in a buffer. */
export interface SealingKey {
  readonly id: number;
  readonly key: KeyObject;
}

/** Takes 32 bytes over as a key, and wipes them. */
export function sealingKey(id: number, bytes: Buffer): SealingKey {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { id, key };
}

function headerOf(key: SealingKey): Buffer {
  const header = Buffer.alloc(HEADER);
  header[0] = VERSION;
  header[1] = AES_256_GCM;
  header.writeUInt32BE(key.id, 2);
  return header;
}

/** Seals bytes for one place, which the AAD names. */
export function seal(key: SealingKey, plain: Uint8Array, aad: Uint8Array): Buffer {
  const header = headerOf(key);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key.key, iv, { authTagLength: TAG });
  cipher.setAAD(Buffer.concat([header, aad]));
  return Buffer.concat([header, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made with the same key for the same place; `undefined` for everything else. */
export function open(key: SealingKey, envelope: Uint8Array, aad: Uint8Array): Buffer | undefined {
  const header = headerOf(key);
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.length);
  if (bytes.length < HEADER + IV + TAG || !bytes.subarray(0, HEADER).equals(header)) return undefined;
  const iv = bytes.subarray(HEADER, HEADER + IV);
  const decipher = createDecipheriv('aes-256-gcm', key.key, iv, { authTagLength: TAG });
  decipher.setAAD(Buffer.concat([header, aad]));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  const plain = decipher.update(bytes.subarray(HEADER + IV, bytes.length - TAG));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The tag did not match: whatever `update` gave is not to be looked at.
    plain.fill(0);
    return undefined;
  }
}
