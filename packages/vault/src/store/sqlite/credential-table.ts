import type { DatabaseSync } from 'node:sqlite';
import { bytesToUuid, uuidToBytes } from '../../crypto/bytes.js';
import { credentialBytes } from '../row-bytes.js';
import type { Authentic, StoredCredential } from '../store.js';
import { authentic, type MacOf } from './row-mac.js';
import { blob, integer, text, type Row } from './rows.js';

const storedCredential = (row: Row): StoredCredential => ({
  id: bytesToUuid(blob(row, 'id')),
  tenant: bytesToUuid(blob(row, 'tenant_id')),
  account: text(row, 'account'),
  verifier: blob(row, 'verifier'),
  createdAt: integer(row, 'created_at'),
  expiresAt: integer(row, 'expires_at'),
});

const prepareAll = (database: DatabaseSync) => ({
  add: database.prepare(
    `INSERT INTO credential(id, tenant_id, account, verifier, created_at, expires_at, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  byVerifier: database.prepare('SELECT * FROM credential WHERE verifier = ?'),
  byId: database.prepare('SELECT * FROM credential WHERE id = ?'),
  all: database.prepare('SELECT * FROM credential WHERE tenant_id = ? ORDER BY created_at, id'),
  remove: database.prepare('DELETE FROM credential WHERE tenant_id = ? AND id = ?'),
  sweep: database.prepare('DELETE FROM credential WHERE expires_at <= ?'),
});

/** Service credentials in their table, each row signed. Write only inside a transaction. */
export class CredentialTable {
  readonly #sql: ReturnType<typeof prepareAll>;
  readonly #macOf: MacOf;

  constructor(database: DatabaseSync, macOf: MacOf) {
    this.#sql = prepareAll(database);
    this.#macOf = macOf;
  }

  add(credential: StoredCredential): void {
    const { id, tenant, account, verifier, createdAt, expiresAt } = credential;
    const keys = [uuidToBytes(id), uuidToBytes(tenant), account, verifier] as const;
    this.#sql.add.run(...keys, createdAt, expiresAt, this.#macOf(credentialBytes(credential)));
  }

  find(verifier: Uint8Array): Authentic<StoredCredential> {
    return this.#read(this.#sql.byVerifier.get(verifier));
  }

  /** Whether the credential is there, as it was written, and has not expired. */
  lives(id: string, now: number): boolean {
    const found = this.#read(this.#sql.byId.get(uuidToBytes(id)));
    return found !== undefined && found !== 'tampered' && found.expiresAt > now;
  }

  all(tenant: string): readonly StoredCredential[] {
    return this.#sql.all
      .all(uuidToBytes(tenant))
      .map((row) => this.#read(row))
      .filter((found) => found !== undefined && found !== 'tampered');
  }

  remove(tenant: string, id: string): boolean {
    return this.#sql.remove.run(uuidToBytes(tenant), uuidToBytes(id)).changes > 0;
  }

  sweep(now: number): number {
    return Number(this.#sql.sweep.run(now).changes);
  }

  #read(row: Row | undefined): Authentic<StoredCredential> {
    if (row === undefined) return undefined;
    const content = storedCredential(row);
    return authentic(row, content, this.#macOf(credentialBytes(content)));
  }
}
