import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyRing } from '../crypto/key-ring.js';
import { AuditTable } from '../store/sqlite/audit-table.js';
import { openSqliteStore } from '../store/sqlite/open-store.js';
import { verifyChain, type AuditVerdict } from './chain.js';

const keys = keyRing(Buffer.alloc(32, 3));
const macOf = (bytes: Uint8Array): Buffer => keys.mac('audit-head', bytes);
const ROWS = 6;

let folder: string;
let database: DatabaseSync;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-log-'));
  const store = openSqliteStore(join(folder, 'vault.db'), keys, 0);
  for (let at = 1; at <= ROWS; at += 1) await store.appendAudit({ at, request: `r${String(at)}`, operation: 'reveal' });
  await store.close();
  database = new DatabaseSync(join(folder, 'vault.db'));
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The verdict after some SQL by somebody with write access; undone again. */
function after(sql: string): AuditVerdict {
  database.exec('SAVEPOINT attack');
  try {
    database.exec(sql);
    const table = new AuditTable(database, macOf);
    return verifyChain(table.rows(), table.head(), macOf);
  } finally {
    database.exec('ROLLBACK TO attack; RELEASE attack');
  }
}

const OTHER: readonly (readonly [column: string, expression: string])[] = [
  ['seq', 'seq + 1000'],
  ['at', 'at + 1'],
  ['body', "replace(body, 'reveal', 'record')"],
  ['prev', 'randomblob(32)'],
  ['hash', 'randomblob(32)'],
];
const EVERY = Array.from({ length: ROWS }, (_, index) => index + 1).flatMap((seq) =>
  OTHER.map(([column, expression]) => [column, seq, expression] as const),
);

describe('an audit log in the hands of somebody who can write it', () => {
  it('holds while nobody does', () => {
    expect(after('SELECT 1')).toEqual({ ok: true, rows: ROWS });
  });

  it.each(EVERY)('A91 names the row after a change of %s in row %i', (column, seq, expression) => {
    const verdict = after(`UPDATE audit SET ${column} = ${expression} WHERE seq = ${String(seq)}`);
    expect(verdict).toEqual({ ok: false, firstBad: seq });
  });

  it.each(Array.from({ length: ROWS }, (_, index) => index + 1))('A91 notices that row %i was taken out', (seq) => {
    expect(after(`DELETE FROM audit WHERE seq = ${String(seq)}`)).toEqual({ ok: false, firstBad: seq });
    // Closed up again, the rows behind still hang on the one that is missing.
    const closed = `DELETE FROM audit WHERE seq = ${String(seq)}; UPDATE audit SET seq = seq - 1 WHERE seq > ${String(seq)}`;
    expect(after(closed)).toEqual({ ok: false, firstBad: seq });
  });

  it.each(Array.from({ length: ROWS }, (_, index) => index))('A91 notices that it ends after row %i', (seq) => {
    expect(after(`DELETE FROM audit WHERE seq > ${String(seq)}`)).toEqual({ ok: false, firstBad: seq + 1 });
    // With the head set to the end that is left, under a MAC that he cannot make.
    const head = `UPDATE audit_head SET seq = ${String(seq)}, hash = (SELECT hash FROM audit WHERE seq = ${String(seq)})`;
    if (seq > 0) expect(after(`DELETE FROM audit WHERE seq > ${String(seq)}; ${head}`).ok).toBe(false);
  });

  it.each([
    ['the head deleted', 'DELETE FROM audit_head'],
    ['log and head deleted', 'DELETE FROM audit; UPDATE audit_head SET seq = 0'],
    [
      'rows exchanged',
      'UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 100',
    ],
    [
      'a row doubled',
      `INSERT INTO audit SELECT ${String(ROWS + 1)}, at, body, prev, hash FROM audit WHERE seq = ${String(ROWS)}`,
    ],
  ])('A91 notices %s', (_title, sql) => {
    expect(after(sql).ok).toBe(false);
  });
});
