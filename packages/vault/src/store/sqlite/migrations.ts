/** One step of the schema. Never edited once released: a change is a further step. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/*
 * Tables have no triggers, foreign keys or sequences, and every key begins with the tenant, so that the same layout serves
 * PostgreSQL-wire engines later. `record_key` stands apart from `token`: a backup that leaves it out cannot be opened, and
 * deleting a key shreds its values (research: crypto-shredding).
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'first',
    sql: `
      CREATE TABLE setting(name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;
      CREATE TABLE token(
        tenant_id BLOB NOT NULL, token BLOB NOT NULL, record_id BLOB NOT NULL,
        collection TEXT NOT NULL, field TEXT NOT NULL, key_number INTEGER NOT NULL,
        version INTEGER NOT NULL, envelope BLOB NOT NULL,
        created_at INTEGER NOT NULL, expires_at INTEGER, PRIMARY KEY(tenant_id, token)) STRICT;
      CREATE INDEX token_record ON token(tenant_id, record_id);
      CREATE INDEX token_expiry ON token(expires_at) WHERE expires_at IS NOT NULL;
      CREATE TABLE record_key(
        tenant_id BLOB NOT NULL, record_id BLOB NOT NULL, number INTEGER NOT NULL, kek_id INTEGER NOT NULL,
        wrapped BLOB NOT NULL, expires_at INTEGER, PRIMARY KEY(tenant_id, record_id, number)) STRICT;
      CREATE INDEX record_key_expiry ON record_key(expires_at) WHERE expires_at IS NOT NULL;
      CREATE TABLE session(
        id BLOB NOT NULL PRIMARY KEY, tenant_id BLOB NOT NULL, token_hash BLOB NOT NULL UNIQUE,
        thumbprint TEXT NOT NULL, account TEXT NOT NULL, credential_id BLOB NOT NULL, grant_json TEXT NOT NULL,
        uses_left INTEGER NOT NULL, expires_at INTEGER NOT NULL, mac BLOB NOT NULL) STRICT;
      CREATE INDEX session_credential ON session(credential_id);
      CREATE INDEX session_expiry ON session(expires_at);
      CREATE TABLE credential(
        id BLOB NOT NULL PRIMARY KEY, tenant_id BLOB NOT NULL, account TEXT NOT NULL,
        verifier BLOB NOT NULL UNIQUE, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        mac BLOB NOT NULL) STRICT;
      CREATE TABLE idempotency(
        scope BLOB NOT NULL PRIMARY KEY, body_mac BLOB NOT NULL, response BLOB NOT NULL,
        expires_at INTEGER NOT NULL) STRICT;
      CREATE INDEX idempotency_expiry ON idempotency(expires_at);
      CREATE TABLE audit(
        seq INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL,
        prev BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
      CREATE TABLE audit_head(
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL,
        mac BLOB NOT NULL) STRICT;`,
  },
];
