import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { headBytes, link, type AuditHead, type AuditRow } from '../../audit/chain.js';
import { renderEvent, type AuditEvent } from '../../audit/event.js';
import { blob, integer, text, type Row } from './rows.js';

const auditRow = (row: Row): AuditRow => ({
  seq: integer(row, 'seq'),
  at: integer(row, 'at'),
  body: text(row, 'body'),
  prev: blob(row, 'prev'),
  hash: blob(row, 'hash'),
});

/** The audit chain in its table. Call only inside a transaction: the chain must not fork. */
export class AuditTable {
  readonly #last: StatementSync;
  readonly #insert: StatementSync;
  readonly #all: StatementSync;
  readonly #head: StatementSync;
  readonly #setHead: StatementSync;
  readonly #macOf: (bytes: Uint8Array) => Uint8Array;

  constructor(database: DatabaseSync, macOf: (bytes: Uint8Array) => Uint8Array) {
    this.#last = database.prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT 1');
    this.#insert = database.prepare('INSERT INTO audit(seq, at, body, prev, hash) VALUES (?, ?, ?, ?, ?)');
    this.#all = database.prepare('SELECT * FROM audit ORDER BY seq');
    this.#head = database.prepare('SELECT seq, hash, mac FROM audit_head WHERE id = 1');
    this.#setHead = database.prepare('INSERT OR REPLACE INTO audit_head(id, seq, hash, mac) VALUES (1, ?, ?, ?)');
    this.#macOf = macOf;
  }

  append(event: AuditEvent): void {
    const row = link(this.#lastRow(), event.at, renderEvent(event));
    this.#insert.run(row.seq, row.at, row.body, row.prev, row.hash);
  }

  /** Signs the end of the chain; once per transaction, before it commits. */
  signHead(): void {
    const last = this.#lastRow();
    if (last !== undefined) this.#setHead.run(last.seq, last.hash, this.#macOf(headBytes(last.seq, last.hash)));
  }

  rows(): readonly AuditRow[] {
    return this.#all.all().map((row) => auditRow(row));
  }

  head(): AuditHead | undefined {
    const row = this.#head.get();
    if (row === undefined) return undefined;
    return { seq: integer(row, 'seq'), hash: blob(row, 'hash'), mac: blob(row, 'mac') };
  }

  #lastRow(): AuditRow | undefined {
    const row = this.#last.get();
    return row === undefined ? undefined : auditRow(row);
  }
}
