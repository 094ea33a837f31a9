import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyRing } from '../../crypto/key-ring.js';
import { loadKeyFile } from '../../crypto/key-file.js';
import { storeContract } from '../store.contract.js';
import type { VaultStore } from '../store.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { openDatabase } from './open-database.js';
import { openSqliteStore } from './open-store.js';

const ring = keyRing(Buffer.alloc(32, 3));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

storeContract('SQLite in memory', () => Promise.resolve(openSqliteStore(':memory:', ring, 0)));
storeContract('SQLite file', () => Promise.resolve(openSqliteStore(join(folder, 'vault.db'), ring, 0)));

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'opened';
};

describe('SQLite file', () => {
  const path = (): string => join(folder, 'vault.db');
  const open = (keys = ring): VaultStore => openSqliteStore(path(), keys, 0);

  it('is written so that nobody else can read it', async () => {
    await open().close();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is durable at every commit and wipes what it deletes', () => {
    const database = openDatabase(path(), 0);
    const pragma = (name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete')]).toEqual(['wal', 2, 1]);
    database.close();
  });

  it('refuses another key at start', async () => {
    await open().close();
    expect(codeOf(() => open(keyRing(Buffer.alloc(32, 4))))).toBe('key-mismatch');
    await open().close();
  });

  it('refuses a second process', async () => {
    const first = open();
    await first.appendAudit({ at: 0, request: 'r', operation: 'reveal' });
    expect(codeOf(() => open())).toBe('locked');
    await first.close();
  });

  it('refuses a schema that is newer or was changed, and leaves it as it is', async () => {
    await open().close();
    const database = new DatabaseSync(path());
    database.exec("INSERT INTO migration VALUES (999, 'future', x'00', 0)");
    database.close();
    expect(codeOf(() => open())).toBe('schema-newer');
    const repaired = new DatabaseSync(path());
    repaired.exec("DELETE FROM migration WHERE id = 999; UPDATE migration SET checksum = x'00'");
    repaired.close();
    expect(codeOf(() => open())).toBe('schema-changed');
  });

  it('applies all new migrations or none', () => {
    const database = new DatabaseSync(':memory:');
    const broken = [...MIGRATIONS, { id: 2, name: 'broken', sql: 'CREATE TABLE extra(a TEXT) STRICT; NONSENSE' }];
    expect(() => {
      migrate(database, 0, broken);
    }).toThrow();
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get()).toEqual({ n: 0 });
    migrate(database, 0);
    migrate(database, 0);
    expect(database.prepare('SELECT id FROM migration').all()).toEqual([{ id: 1 }]);
    database.close();
  });
});

describe('key file', () => {
  const path = (): string => join(folder, 'kek.key');
  const load = (): Buffer => loadKeyFile({ keyFile: path(), database: join(folder, 'vault.db') });

  it('is made once, readable by its owner only, and read again', () => {
    const key = load();
    expect(key.length).toBe(32);
    expect(statSync(path()).mode & 0o777).toBe(0o400);
    expect(load()).toEqual(key);
  });

  it.each([0o440, 0o404, 0o660])('is refused when others may read it (mode %i)', (mode) => {
    load();
    chmodSync(path(), mode);
    expect(codeOf(() => load())).toBe('key-readable');
  });

  it.each(['', 'cloister-kek-1:AAAA', 'another text'])('is refused when it holds %j', (text) => {
    writeFileSync(path(), text, { mode: 0o400 });
    expect(codeOf(() => load())).toBe('key-malformed');
  });

  it('is not made anew for a database that exists', () => {
    writeFileSync(join(folder, 'vault.db'), '');
    expect(codeOf(() => load())).toBe('key-missing');
    expect(() => readFileSync(path())).toThrow();
  });
});
