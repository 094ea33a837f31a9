import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { bytesToUuid, uuidToBytes } from '../../crypto/bytes.js';
import type { AuditEvent } from '../../audit/event.js';
import type {
  Authentic,
  NewRecord,
  RecordAttempt,
  RecordOutcome,
  SessionOwner,
  StoredCredential,
  StoredSession,
  StoredValue,
  SweepCounts,
  VaultStore,
} from '../store.js';
import { AuditTable } from './audit-table.js';
import { CredentialTable } from './credential-table.js';
import { GroupCommit } from './group-commit.js';
import { blob, integer, integerOrNull, text, type Row } from './rows.js';
import type { MacOf } from './row-mac.js';
import { SessionTable } from './session-table.js';
import { prepareStatements, type Statements } from './statements.js';

const storedValue = (row: Row): StoredValue => ({
  token: bytesToUuid(blob(row, 'token')),
  record: bytesToUuid(blob(row, 'record_id')),
  collection: text(row, 'collection'),
  field: text(row, 'field'),
  keyNumber: integer(row, 'key_number'),
  version: integer(row, 'version'),
  envelope: blob(row, 'envelope'),
  expiresAt: integerOrNull(row, 'expires_at'),
  wrappedKey: blob(row, 'wrapped'),
});

function insertRecord(statements: Statements, record: NewRecord): void {
  const tenant = uuidToBytes(record.tenant);
  const id = uuidToBytes(record.id);
  for (const key of record.keys) statements.addKey.run(tenant, id, key.number, key.kekId, key.wrapped, key.expiresAt);
  for (const value of record.values)
    statements.addValue.run(
      tenant,
      uuidToBytes(value.token),
      id,
      record.collection,
      value.field,
      value.keyNumber,
      value.version,
      value.envelope,
      record.createdAt,
      value.expiresAt,
    );
}

function rollback(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // No transaction was open: `BEGIN` itself failed, or SQLite rolled back by itself (disk full, I/O error).
  }
}

/** Signs the rows that need it, each kind with a key of its own. */
export type MacsOf = Readonly<Record<'audit-head' | 'session-row' | 'credential-row', MacOf>>;

/** The embedded store: SQLite through `node:sqlite`, all writes by group commit. */
export class SqliteStore implements VaultStore {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  readonly #audit: AuditTable;
  readonly #credentials: CredentialTable;
  readonly #sessions: SessionTable;
  readonly #writer: GroupCommit;

  /**
   * @param database - open and migrated; the store closes it.
   * @param macs - sign with keys that are not in the database.
   */
  constructor(database: DatabaseSync, macs: MacsOf) {
    this.#database = database;
    this.#sql = prepareStatements(database);
    this.#audit = new AuditTable(database, macs['audit-head']);
    this.#credentials = new CredentialTable(database, macs['credential-row']);
    this.#sessions = new SessionTable(database, macs['session-row']);
    this.#writer = new GroupCommit({
      begin: () => {
        database.exec('BEGIN IMMEDIATE');
      },
      within: (work) => this.#within(work),
      commit: () => {
        this.#audit.signHead();
        database.exec('COMMIT');
      },
      rollback: () => {
        rollback(database);
      },
      elapsed: () => performance.now(),
    });
  }

  addCredential(credential: StoredCredential, audit: AuditEvent): Promise<void> {
    return this.#writer.add(() => {
      this.#credentials.add(credential);
      this.#audit.append(audit);
    });
  }

  credential(verifier: Uint8Array): Promise<Authentic<StoredCredential>> {
    return Promise.resolve(this.#credentials.find(verifier));
  }

  credentials(tenant: string): Promise<readonly StoredCredential[]> {
    return Promise.resolve(this.#credentials.all(tenant));
  }

  revokeCredential(tenant: string, id: string, audit: AuditEvent): Promise<number | undefined> {
    return this.#writer.add(() => {
      if (!this.#credentials.remove(tenant, id)) return undefined;
      const count = this.#sessions.removeOf(tenant, id);
      this.#audit.append({ ...audit, count });
      return count;
    });
  }

  addSession(session: StoredSession, audit: AuditEvent): Promise<boolean> {
    return this.#writer.add(() => {
      if (!this.#credentials.lives(session.credential, audit.at)) return false;
      this.#sessions.add(session);
      this.#audit.append(audit);
      return true;
    });
  }

  session(tokenHash: Uint8Array): Promise<Authentic<StoredSession>> {
    return Promise.resolve(this.#sessions.find(tokenHash));
  }

  revokeSession(owner: SessionOwner, audit: AuditEvent): Promise<boolean> {
    return this.#writer.add(() => {
      if (!this.#sessions.remove(owner)) return false;
      this.#audit.append(audit);
      return true;
    });
  }

  spendSession(tokenHash: Uint8Array, audit: AuditEvent): Promise<boolean> {
    return this.#writer.add(() => {
      if (!this.#sessions.spend(tokenHash, audit.at)) return false;
      this.#audit.append(audit);
      return true;
    });
  }

  addRecord(attempt: RecordAttempt): Promise<RecordOutcome> {
    return this.#writer.add(() => this.#replay(attempt) ?? this.#create(attempt));
  }

  values(tenant: string, tokens: readonly string[], now: number): Promise<readonly StoredValue[]> {
    const owner = uuidToBytes(tenant);
    const found: StoredValue[] = [];
    for (const token of tokens) {
      const row = this.#sql.value.get(owner, uuidToBytes(token), now);
      if (row !== undefined) found.push(storedValue(row));
    }
    return Promise.resolve(found);
  }

  appendAudit(audit: AuditEvent): Promise<void> {
    return this.#writer.add(() => {
      this.#audit.append(audit);
    });
  }

  auditRows(): Promise<ReturnType<AuditTable['rows']>> {
    return Promise.resolve(this.#audit.rows());
  }

  auditHead(): Promise<ReturnType<AuditTable['head']>> {
    return Promise.resolve(this.#audit.head());
  }

  async sweep(audit: AuditEvent): Promise<SweepCounts> {
    const counts = await this.#writer.add(() => this.#deleteExpired(audit));
    // What was deleted must leave the write-ahead log too.
    if (counts.values > 0) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return counts;
  }

  close(): Promise<void> {
    this.#writer.drain();
    this.#database.close();
    return Promise.resolve();
  }

  #within<T>(work: () => T): T {
    this.#database.exec('SAVEPOINT item');
    try {
      const result = work();
      this.#database.exec('RELEASE item');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK TO item; RELEASE item');
      throw error;
    }
  }

  #replay({ idempotency, now, replayed, sessionHash }: RecordAttempt): RecordOutcome | undefined {
    // Used up, it may still fetch its answer; revoked since the request was let in, it may not (A79).
    if (this.#sessions.living(sessionHash, now) === undefined) return { kind: 'spent' };
    const row = this.#sql.response.get(idempotency.scope, now);
    if (row === undefined) return undefined;
    if (!timingSafeEqual(blob(row, 'body_mac'), idempotency.bodyMac)) return { kind: 'conflict' };
    this.#audit.append(replayed);
    return { kind: 'replayed', response: blob(row, 'response') };
  }

  #create({ idempotency, now, record, sessionHash, created }: RecordAttempt): RecordOutcome {
    if (!this.#sessions.spend(sessionHash, now)) return { kind: 'spent' };
    insertRecord(this.#sql, record);
    const { scope, bodyMac, response, expiresAt } = idempotency;
    this.#sql.addResponse.run(scope, bodyMac, response, expiresAt);
    this.#audit.append(created);
    return { kind: 'created' };
  }

  #deleteExpired(audit: AuditEvent): SweepCounts {
    const values = Number(this.#sql.sweepValues.run(audit.at).changes);
    this.#sql.sweepKeys.run(audit.at);
    const counts = {
      values,
      sessions: this.#sessions.sweep(audit.at),
      credentials: this.#credentials.sweep(audit.at),
      responses: Number(this.#sql.sweepResponses.run(audit.at).changes),
    };
    if (values > 0) this.#audit.append({ ...audit, count: values });
    return counts;
  }
}
