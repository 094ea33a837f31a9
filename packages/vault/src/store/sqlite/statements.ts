import type { DatabaseSync } from 'node:sqlite';

const prepareAll = (database: DatabaseSync) => ({
  response: database.prepare('SELECT * FROM idempotency WHERE scope = ? AND expires_at > ?'),
  addResponse: database.prepare(
    'INSERT OR REPLACE INTO idempotency(scope, body_mac, response, expires_at) VALUES (?, ?, ?, ?)',
  ),
  addKey: database.prepare(
    'INSERT INTO record_key(tenant_id, record_id, number, kek_id, wrapped, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  addValue: database.prepare(
    `INSERT INTO token(tenant_id, token, record_id, collection, field, key_number, version, envelope, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  value: database.prepare(
    `SELECT t.token, t.record_id, t.collection, t.field, t.key_number, t.version, t.envelope,
       t.expires_at, k.wrapped
     FROM token t JOIN record_key k
       ON k.tenant_id = t.tenant_id AND k.record_id = t.record_id AND k.number = t.key_number
     WHERE t.tenant_id = ? AND t.token = ? AND (t.expires_at IS NULL OR t.expires_at > ?)`,
  ),
  sweepValues: database.prepare('DELETE FROM token WHERE expires_at <= ?'),
  sweepKeys: database.prepare('DELETE FROM record_key WHERE expires_at <= ?'),
  sweepResponses: database.prepare('DELETE FROM idempotency WHERE expires_at <= ?'),
});

export type Statements = Readonly<ReturnType<typeof prepareAll>>;

/** Every statement of the store, prepared once; all inputs are bound, none is written into SQL (A84). */
export function prepareStatements(database: DatabaseSync): Statements {
  return prepareAll(database);
}
