import type { DatabaseSync } from 'node:sqlite';
import { bytesToUuid, uuidToBytes } from '../../crypto/bytes.js';
import { sessionBytes } from '../row-bytes.js';
import type { Authentic, SessionOwner, StoredSession } from '../store.js';
import { authentic, type MacOf } from './row-mac.js';
import { blob, integer, text, type Row } from './rows.js';

const storedSession = (row: Row): StoredSession => ({
  id: bytesToUuid(blob(row, 'id')),
  tenant: bytesToUuid(blob(row, 'tenant_id')),
  tokenHash: blob(row, 'token_hash'),
  thumbprint: text(row, 'thumbprint'),
  account: text(row, 'account'),
  credential: bytesToUuid(blob(row, 'credential_id')),
  grant: text(row, 'grant_json'),
  usesLeft: integer(row, 'uses_left'),
  expiresAt: integer(row, 'expires_at'),
});

const prepareAll = (database: DatabaseSync) => ({
  add: database.prepare(
    `INSERT INTO session(
       id, tenant_id, token_hash, thumbprint, account, credential_id, grant_json, uses_left, expires_at, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  find: database.prepare('SELECT * FROM session WHERE token_hash = ?'),
  setUses: database.prepare('UPDATE session SET uses_left = ?, mac = ? WHERE token_hash = ?'),
  remove: database.prepare('DELETE FROM session WHERE id = ? AND tenant_id = ? AND account = ?'),
  removeOf: database.prepare('DELETE FROM session WHERE tenant_id = ? AND credential_id = ?'),
  sweep: database.prepare('DELETE FROM session WHERE expires_at <= ?'),
});

/** Sessions in their table, each row signed with its uses. Write only inside a transaction. */
export class SessionTable {
  readonly #sql: ReturnType<typeof prepareAll>;
  readonly #macOf: MacOf;

  constructor(database: DatabaseSync, macOf: MacOf) {
    this.#sql = prepareAll(database);
    this.#macOf = macOf;
  }

  add(session: StoredSession): void {
    const { id, tenant, tokenHash, thumbprint, account, credential, grant, usesLeft, expiresAt } = session;
    const keys = [uuidToBytes(id), uuidToBytes(tenant), tokenHash, thumbprint, account] as const;
    const mac = this.#macOf(sessionBytes(session));
    this.#sql.add.run(...keys, uuidToBytes(credential), grant, usesLeft, expiresAt, mac);
  }

  find(tokenHash: Uint8Array): Authentic<StoredSession> {
    const row = this.#sql.find.get(tokenHash);
    if (row === undefined) return undefined;
    const content = storedSession(row);
    return authentic(row, content, this.#macOf(sessionBytes(content)));
  }

  /** The session, unless it has expired, was revoked or was tampered with. */
  living(tokenHash: Uint8Array, now: number): StoredSession | undefined {
    const found = this.find(tokenHash);
    return found === undefined || found === 'tampered' || found.expiresAt <= now ? undefined : found;
  }

  /**
   * Takes one use, if there is one (A80).
   *
   * Invariant: look and change happen in one transaction of a single writer, so nobody comes between them.
   */
  spend(tokenHash: Uint8Array, now: number): boolean {
    const session = this.living(tokenHash, now);
    if (session === undefined || session.usesLeft < 1) return false;
    const next = { ...session, usesLeft: session.usesLeft - 1 };
    return this.#sql.setUses.run(next.usesLeft, this.#macOf(sessionBytes(next)), tokenHash).changes > 0;
  }

  remove({ id, tenant, account }: SessionOwner): boolean {
    return this.#sql.remove.run(uuidToBytes(id), uuidToBytes(tenant), account).changes > 0;
  }

  /** Deletes what a credential minted. */
  removeOf(tenant: string, credential: string): number {
    return Number(this.#sql.removeOf.run(uuidToBytes(tenant), uuidToBytes(credential)).changes);
  }

  sweep(now: number): number {
    return Number(this.#sql.sweep.run(now).changes);
  }
}
