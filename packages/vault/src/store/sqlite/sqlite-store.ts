import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { bytesToUuid, uuidToBytes } from '../../crypto/bytes.js';
import type { AuditEvent } from '../../audit/event.js';
import type {
  NewRecord,
  RecordAttempt,
  RecordOutcome,
  StoredCredential,
  StoredSession,
  StoredValue,
  SweepCounts,
  VaultStore,
} from '../store.js';
import { AuditTable } from './audit-table.js';
import { GroupCommit } from './group-commit.js';
import { blob, integer, text, type Row } from './rows.js';
import { prepareStatements, type Statements } from './statements.js';

const storedSession = (row: Row): StoredSession => ({
  id: bytesToUuid(blob(row, 'id')),
  tenant: bytesToUuid(blob(row, 'tenant_id')),
  tokenHash: blob(row, 'token_hash'),
  thumbprint: text(row, 'thumbprint'),
  account: text(row, 'account'),
  grant: text(row, 'grant_json'),
  usesLeft: integer(row, 'uses_left'),
  expiresAt: integer(row, 'expires_at'),
});

const storedCredential = (row: Row): StoredCredential => ({
  id: bytesToUuid(blob(row, 'id')),
  tenant: bytesToUuid(blob(row, 'tenant_id')),
  account: text(row, 'account'),
  verifier: blob(row, 'verifier'),
  expiresAt: integer(row, 'expires_at'),
});

const storedValue = (row: Row): StoredValue => ({
  token: bytesToUuid(blob(row, 'token')),
  record: bytesToUuid(blob(row, 'record_id')),
  collection: text(row, 'collection'),
  field: text(row, 'field'),
  keyNumber: integer(row, 'key_number'),
  version: integer(row, 'version'),
  envelope: blob(row, 'envelope'),
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

/** The embedded store: SQLite through `node:sqlite`, all writes by group commit. */
export class SqliteStore implements VaultStore {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  readonly #audit: AuditTable;
  readonly #writer: GroupCommit;

  /**
   * @param database - open and migrated; the store closes it.
   * @param macOf - signs the end of the audit chain with a key that is not in the database.
   */
  constructor(database: DatabaseSync, macOf: (bytes: Uint8Array) => Uint8Array) {
    this.#database = database;
    this.#sql = prepareStatements(database);
    this.#audit = new AuditTable(database, macOf);
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
      const { id, tenant, account, verifier, expiresAt } = credential;
      this.#sql.addCredential.run(uuidToBytes(id), uuidToBytes(tenant), account, verifier, expiresAt);
      this.#audit.append(audit);
    });
  }

  credential(verifier: Uint8Array): Promise<StoredCredential | undefined> {
    const row = this.#sql.credential.get(verifier);
    return Promise.resolve(row === undefined ? undefined : storedCredential(row));
  }

  addSession(session: StoredSession, audit: AuditEvent): Promise<void> {
    return this.#writer.add(() => {
      const { id, tenant, tokenHash, thumbprint, account, grant, usesLeft, expiresAt } = session;
      const keys = [uuidToBytes(id), uuidToBytes(tenant), tokenHash] as const;
      this.#sql.addSession.run(...keys, thumbprint, account, grant, usesLeft, expiresAt);
      this.#audit.append(audit);
    });
  }

  session(tokenHash: Uint8Array): Promise<StoredSession | undefined> {
    const row = this.#sql.session.get(tokenHash);
    return Promise.resolve(row === undefined ? undefined : storedSession(row));
  }

  spendSession(tokenHash: Uint8Array, audit: AuditEvent): Promise<boolean> {
    return this.#writer.add(() => {
      if (this.#sql.spend.get(tokenHash, audit.at) === undefined) return false;
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

  #replay({ idempotency, now, replayed }: RecordAttempt): RecordOutcome | undefined {
    const row = this.#sql.response.get(idempotency.scope, now);
    if (row === undefined) return undefined;
    if (!timingSafeEqual(blob(row, 'body_mac'), idempotency.bodyMac)) return { kind: 'conflict' };
    this.#audit.append(replayed);
    return { kind: 'replayed', response: blob(row, 'response') };
  }

  #create({ idempotency, now, record, sessionHash, created }: RecordAttempt): RecordOutcome {
    if (this.#sql.spend.get(sessionHash, now) === undefined) return { kind: 'spent' };
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
      sessions: Number(this.#sql.sweepSessions.run(audit.at).changes),
      credentials: Number(this.#sql.sweepCredentials.run(audit.at).changes),
      responses: Number(this.#sql.sweepResponses.run(audit.at).changes),
    };
    if (values > 0) this.#audit.append({ ...audit, count: values });
    return counts;
  }
}
