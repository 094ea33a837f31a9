import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { VaultStartError } from '../../start-error.js';
import { migrate } from './migrate.js';

const isBusy = (error: unknown): boolean => error instanceof Error && error.message.includes('locked');

/*
 * - WAL with synchronous=FULL: a token that was handed out survives a power cut.
 * - secure_delete: deleted ciphertexts and keys are overwritten, not left in free pages.
 * - locking_mode=EXCLUSIVE: the memory of used proofs (A75) lives in one process, so only one may serve a database.
 * - trusted_schema=OFF, cell_size_check: a database file that somebody prepared runs nothing and reads nothing amiss.
 */
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA temp_store = MEMORY;`;

/**
 * Opens (or makes, mode 0600) a database file with the newest schema; `:memory:` is never written to disk.
 *
 * @throws VaultStartError `locked`, `schema-newer`, `schema-changed`.
 */
export function openDatabase(path: string, now: number): DatabaseSync {
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path);
  try {
    database.exec(PRAGMAS);
    migrate(database, now);
    return database;
  } catch (error) {
    database.close();
    throw isBusy(error) ? new VaultStartError('locked') : error;
  }
}
