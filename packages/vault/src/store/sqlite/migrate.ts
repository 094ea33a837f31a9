import type { DatabaseSync } from 'node:sqlite';
import { sha256 } from '../../crypto/bytes.js';
import { VaultStartError } from '../../start-error.js';
import { MIGRATIONS, type Migration } from './migrations.js';
import { blob, integer } from './rows.js';

const TABLE = `CREATE TABLE IF NOT EXISTS migration(
  id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BLOB NOT NULL, applied_at INTEGER NOT NULL) STRICT`;

function apply(database: DatabaseSync, migration: Migration, now: number): void {
  database.exec(migration.sql);
  database
    .prepare('INSERT INTO migration(id, name, checksum, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.id, migration.name, sha256(migration.sql), now);
}

function checkApplied(database: DatabaseSync, migrations: readonly Migration[]): ReadonlySet<number> {
  const applied = new Set<number>();
  for (const row of database.prepare('SELECT id, checksum FROM migration').all()) {
    const known = migrations.find(({ id }) => id === row['id']);
    if (known === undefined) throw new VaultStartError('schema-newer');
    if (!sha256(known.sql).equals(blob(row, 'checksum'))) throw new VaultStartError('schema-changed');
    applied.add(integer(row, 'id'));
  }
  return applied;
}

/**
 * Brings a database to the newest schema, all steps in one transaction.
 *
 * @throws VaultStartError `schema-newer` when it went through a step that we do not know, `schema-changed` when a step of
 * the same number was another one.
 */
export function migrate(database: DatabaseSync, now: number, migrations: readonly Migration[] = MIGRATIONS): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(TABLE);
    const applied = checkApplied(database, migrations);
    for (const migration of migrations) if (!applied.has(migration.id)) apply(database, migration, now);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
