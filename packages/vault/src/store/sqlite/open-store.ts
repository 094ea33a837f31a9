import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { KeyRing } from '../../crypto/key-ring.js';
import { VaultStartError } from '../../start-error.js';
import type { VaultStore } from '../store.js';
import { openDatabase } from './open-database.js';
import { blob } from './rows.js';
import { SqliteStore } from './sqlite-store.js';

function checkKey(database: DatabaseSync, check: Uint8Array): void {
  const row = database.prepare("SELECT value FROM setting WHERE name = 'key_check'").get();
  if (row === undefined) {
    database.prepare("INSERT INTO setting(name, value) VALUES ('key_check', ?)").run(check);
    return;
  }
  const known = blob(row, 'value');
  if (known.length !== check.length || !timingSafeEqual(known, check)) throw new VaultStartError('key-mismatch');
}

/**
 * Opens the SQLite store and makes sure that the key belongs to the database before anything is encrypted with it.
 *
 * @throws VaultStartError `key-mismatch` and those of `openDatabase`.
 */
export function openSqliteStore(path: string, keys: KeyRing, now: number): VaultStore {
  const database = openDatabase(path, now);
  try {
    checkKey(database, keys.checkValue);
    return new SqliteStore(database, {
      'audit-head': (bytes) => keys.mac('audit-head', bytes),
      'session-row': (bytes) => keys.mac('session-row', bytes),
      'credential-row': (bytes) => keys.mac('credential-row', bytes),
    });
  } catch (error) {
    database.close();
    throw error;
  }
}
