import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { open, seal, sealingKey } from './envelope.js';

/** What the vault's own keys are for. Each purpose has its own key (RFC 5869), so that no output serves another. */
export type MacPurpose = 'idempotency-body' | 'audit-token' | 'audit-head' | 'session-row' | 'credential-row';

/** The key-encryption key and everything that is derived from it. The KEK itself cannot be asked for. */
export interface KeyRing {
  /** Number of the KEK, written into every wrapped key. */
  readonly kekId: number;
  /** Kept in the database to recognise a wrong key file at start; says nothing about the key. */
  readonly checkValue: Uint8Array;
  wrap(key: Uint8Array, aad: Uint8Array): Buffer;
  unwrap(wrapped: Uint8Array, aad: Uint8Array): Buffer | undefined;
  mac(purpose: MacPurpose, data: Uint8Array): Buffer;
  /** Seals a response that is kept for retries. */
  sealResponse(plain: Uint8Array, aad: Uint8Array): Buffer;
  openResponse(sealed: Uint8Array, aad: Uint8Array): Buffer | undefined;
}

export const KEY_BYTES = 32;

/** @param kek - 32 random bytes. */
export function keyRing(kek: Uint8Array): KeyRing {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', kek, Buffer.alloc(0), `cloister vault 1 ${purpose}`, KEY_BYTES));
  const wrapping = sealingKey(derive('kek-id').readUInt32BE(0), derive('wrap'));
  const responses = sealingKey(0, derive('idempotency-response'));
  const macs: Readonly<Record<MacPurpose, KeyObject>> = {
    'idempotency-body': createSecretKey(derive('idempotency-body')),
    'audit-token': createSecretKey(derive('audit-token')),
    'audit-head': createSecretKey(derive('audit-head')),
    'session-row': createSecretKey(derive('session-row')),
    'credential-row': createSecretKey(derive('credential-row')),
  };
  return {
    kekId: wrapping.id,
    checkValue: derive('key-check'),
    wrap: (key, aad) => seal(wrapping, key, aad),
    unwrap: (wrapped, aad) => open(wrapping, wrapped, aad),
    mac: (purpose, data) => createHmac('sha256', macs[purpose]).update(data).digest(),
    sealResponse: (plain, aad) => seal(responses, plain, aad),
    openResponse: (sealed, aad) => open(responses, sealed, aad),
  };
}
