import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.js';

const COUNT = 'SELECT count(DISTINCT record_id) AS records FROM token';

/**
 * How many records the vault's database holds: asked of its files, not of the vault. Of a copy, for the vault has them to
 * itself.
 */
export async function storedRecords(world: World): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-copy-'));
  try {
    for (const file of ['vault.db', 'vault.db-wal']) await cp(join(world.data, file), join(folder, file));
    const database = new DatabaseSync(join(folder, 'vault.db'));
    const row = database.prepare(COUNT).get();
    database.close();
    return Number(row?.['records']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
