import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.js';

/** How many records the vault's database holds: asked of the file itself, not of the vault. */
export function storedRecords(world: World): number {
  const database = new DatabaseSync(join(world.data, 'vault.db'), { readOnly: true });
  try {
    const row = database.prepare('SELECT count(DISTINCT record_id) AS records FROM token').get();
    return Number(row?.['records']);
  } finally {
    database.close();
  }
}
