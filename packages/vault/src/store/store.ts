import type { AuditHead, AuditRow } from '../audit/chain.js';
import type { AuditEvent } from '../audit/event.js';

/*
 * What the vault keeps, behind one interface with one contract suite (`store.contract.ts`).
 *
 * 1. Every method that writes is atomic and durable when its promise resolves: state and audit row are committed together
 *    or not at all. A store that cannot write its audit row has not done the work either (A92).
 * 2. Nothing here sees a value: only ciphertexts, hashes and names.
 * 3. Ids are UUID text; a store may keep them as 16 bytes.
 */

/** A service account's credential. Only a hash of it is known. */
export interface StoredCredential {
  readonly id: string;
  readonly tenant: string;
  readonly account: string;
  readonly verifier: Uint8Array;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * What a look-up of a signed row gives. `tampered`: the row is there, but not as the vault wrote it. Whoever can write
 * the database can neither plant a credential or session nor give one more uses, another key or a longer life; putting
 * back an older state of a row is not noticed.
 */
export type Authentic<T> = T | 'tampered' | undefined;

export interface StoredSession {
  readonly id: string;
  readonly tenant: string;
  readonly tokenHash: Uint8Array;
  /** RFC 7638 thumbprint of the key that must sign. */
  readonly thumbprint: string;
  /** Account that asked for it. */
  readonly account: string;
  /** Id of the credential that it was asked for with. */
  readonly credential: string;
  /** JSON of the grant. */
  readonly grant: string;
  readonly usesLeft: number;
  readonly expiresAt: number;
}

/** The session that an account names. */
export type SessionOwner = Pick<StoredSession, 'tenant' | 'account' | 'id'>;

/** A wrapped data key. Values that end at the same time share one, so that deleting it shreds exactly them. */
export interface NewKey {
  readonly number: number;
  readonly kekId: number;
  readonly wrapped: Uint8Array;
  readonly expiresAt: number | null;
}

export interface NewValue {
  readonly token: string;
  readonly field: string;
  readonly keyNumber: number;
  readonly version: number;
  readonly envelope: Uint8Array;
  readonly expiresAt: number | null;
}

export interface NewRecord {
  readonly tenant: string;
  readonly id: string;
  readonly collection: string;
  readonly createdAt: number;
  readonly keys: readonly NewKey[];
  readonly values: readonly NewValue[];
}

/** A stored value with the key it needs. */
export interface StoredValue extends NewValue {
  readonly record: string;
  readonly collection: string;
  readonly wrappedKey: Uint8Array;
}

/** One attempt to create a record: claim of the idempotency key, use of the session, record and audit row in one. */
export interface RecordAttempt {
  readonly now: number;
  readonly sessionHash: Uint8Array;
  readonly record: NewRecord;
  readonly idempotency: {
    readonly scope: Uint8Array;
    readonly bodyMac: Uint8Array;
    readonly response: Uint8Array;
    readonly expiresAt: number;
  };
  readonly created: AuditEvent;
  readonly replayed: AuditEvent;
}

/** What became of the attempt. `conflict` and `spent` change nothing and write no audit row. */
export type RecordOutcome =
  | { readonly kind: 'created' }
  | { readonly kind: 'replayed'; readonly response: Uint8Array }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'spent' };

export interface SweepCounts {
  readonly values: number;
  readonly sessions: number;
  readonly credentials: number;
  readonly responses: number;
}

export interface VaultStore {
  addCredential(credential: StoredCredential, audit: AuditEvent): Promise<void>;
  credential(verifier: Uint8Array): Promise<Authentic<StoredCredential>>;
  /** All of a tenant's, oldest first; those that were tampered with are left out. */
  credentials(tenant: string): Promise<readonly StoredCredential[]>;
  /** Deletes a credential and the sessions that it minted; how many those were, `undefined` when there is no such one. */
  revokeCredential(tenant: string, id: string, audit: AuditEvent): Promise<number | undefined>;
  /** `false`, and nothing is written, when the credential has been revoked or has expired meanwhile (A79). */
  addSession(session: StoredSession, audit: AuditEvent): Promise<boolean>;
  session(tokenHash: Uint8Array): Promise<Authentic<StoredSession>>;
  /** Deletes an account's own session; `false` for unknown and foreign ones, which are not told apart (A73). */
  revokeSession(owner: SessionOwner, audit: AuditEvent): Promise<boolean>;
  /** Takes one use, if one is left and the session lasts (A80), and writes the audit row; `false` if neither happened. */
  spendSession(tokenHash: Uint8Array, audit: AuditEvent): Promise<boolean>;
  addRecord(attempt: RecordAttempt): Promise<RecordOutcome>;
  /** Those of the tokens that exist for this tenant and have not expired, in any order. */
  values(tenant: string, tokens: readonly string[], now: number): Promise<readonly StoredValue[]>;
  appendAudit(audit: AuditEvent): Promise<void>;
  auditRows(): Promise<readonly AuditRow[]>;
  auditHead(): Promise<AuditHead | undefined>;
  /** Deletes what has expired, keys included; one audit row when values went. */
  sweep(audit: AuditEvent): Promise<SweepCounts>;
  close(): Promise<void>;
}
