import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VAULT_ROUTES, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256, uuidToBytes } from '../../crypto/bytes.js';
import { testKey } from '../../test-support/proof.js';
import { HOST, TestVault, openTestVault, type Answer } from '../../test-support/test-vault.js';

/*
 * Somebody who can write the database, but has not got the key file: a restored dump that was edited, an injection
 * elsewhere on the machine, a thief with a mounted disk.
 */
const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 2 } as const satisfies Grant;

let folder: string;
let vault: TestVault;
let session: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-rows-'));
  vault = await openTestVault({ data: folder });
  session = await vault.session(key, collect);
});
afterEach(async () => {
  await vault.vault.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Lets somebody at the closed file (or at a copy of it), then opens the vault again with the credential that it had. */
async function change(edit: (database: DatabaseSync) => void, from?: string): Promise<void> {
  const { credential } = vault;
  await vault.vault.close();
  const path = join(folder, 'vault.db');
  if (from !== undefined) copyFileSync(from, path);
  const database = new DatabaseSync(path);
  edit(database);
  database.close();
  const again = await openTestVault({ data: folder });
  vault = new TestVault(again.vault, credential, again.clock);
}

const mint = (): Promise<Answer> => vault.requestSession(key, collect);
const store = (token = session): Promise<Answer> => vault.record({ session: token, key });
const lastEvent = async (): Promise<unknown> => JSON.parse((await vault.vault.audit.rows()).at(-1)?.body ?? '{}');

/** Another value for every column of a table, whatever it holds. */
const OTHER_VALUE: Readonly<Record<string, string>> = {
  BLOB: 'zeroblob(length(%))',
  TEXT: "% || 'x'",
  INTEGER: '% + 1',
};

const editColumn = (table: string, column: string) => (database: DatabaseSync) => {
  const row = database.prepare(`SELECT type FROM pragma_table_info(?) WHERE name = ?`).get(table, column);
  const expression = (OTHER_VALUE[String(row?.['type'])] ?? '').replaceAll('%', column);
  const { changes } = database.prepare(`UPDATE ${table} SET ${column} = ${expression}`).run();
  if (changes === 0) throw new Error('nothing was changed');
};

const columnsOf = (database: DatabaseSync, table: string): readonly string[] =>
  database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map((row) => String(row['name']));

/** Columns by which a row is found: changed, it is simply not there any more. */
const FOUND_BY = new Set(['token_hash', 'verifier']);
const CRITICAL = { severity_id: 5, status_detail: 'tampered' };

describe('a row that somebody changed', () => {
  it('is not refused when nothing was changed', async () => {
    await change(() => undefined);
    expect((await store()).status).toBe(201);
    expect((await mint()).status).toBe(201);
  });

  it.each<[string, () => Promise<Answer>]>([
    ['session', () => store()],
    ['credential', mint],
  ])('A72 A91 %s: every column counts, and the audit log is alarmed', async (table, use) => {
    const backup = join(folder, 'before');
    let columns: readonly string[] = [];
    await change((database) => {
      columns = columnsOf(database, table);
      database.exec(`VACUUM INTO '${backup}'`);
    });
    expect(columns.length).toBeGreaterThanOrEqual(7);
    for (const column of columns) {
      await change(editColumn(table, column), backup);
      expect((await use()).status, column).toBe(401);
      if (!FOUND_BY.has(column)) expect(await lastEvent(), column).toMatchObject(CRITICAL);
    }
    await change(() => undefined, backup);
    expect((await use()).status).toBe(201);
  });

  it.each<[string, string]>([
    ['more uses', 'UPDATE session SET uses_left = 100'],
    ['a longer life', 'UPDATE session SET expires_at = expires_at + 86400000'],
    ['a wider grant', `UPDATE session SET grant_json = replace(grant_json, '"cards"', '"people"')`],
  ])('A72 A76 A80 gives a session no %s', async (_title, sql) => {
    await change((database) => database.exec(sql));
    expect((await store()).status).toBe(401);
    expect(await lastEvent()).toMatchObject(CRITICAL);
  });
});

describe('a row that somebody planted', () => {
  it.each(['random', 'of another row'])('A72 A74 a session for any value, with a MAC that is %s', async (kind) => {
    const { tokens } = await vault.store();
    const listed = [String(tokens['number'])];
    const grant = JSON.stringify({ purpose: 'reveal', tokens: listed, origin: HOST, redaction: 'plain' });
    const thief = testKey();
    const mine = 'cls_planted-by-somebody-who-can-write';
    await change((database) => {
      const other = database.prepare('SELECT * FROM session LIMIT 1').get();
      const ids = [uuidToBytes(randomUUID()), sha256(mine), thief.thumbprint, grant] as const;
      database
        .prepare(
          `INSERT INTO session(id, token_hash, thumbprint, grant_json, tenant_id, account, credential_id, uses_left,
             expires_at, mac) VALUES (?, ?, ?, ?, ?, ?, ?, 9, ?, ?)`,
        )
        .run(
          ...ids,
          other?.['tenant_id'] ?? null,
          'shop',
          other?.['credential_id'] ?? null,
          vault.now + 60_000,
          kind === 'random' ? randomBytes(32) : (other?.['mac'] ?? null),
        );
    });
    const body = { origin: HOST, tokens: listed };
    const answer = await vault.withSession({ path: VAULT_ROUTES.reveal, session: mine, key: thief, body });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('4242');
    expect(await lastEvent()).toMatchObject(CRITICAL);
  });

  it('A72 A74 a credential of his own', async () => {
    const secret = randomBytes(32);
    const check = sha256('clsk_', secret).subarray(0, 3);
    const credential = `clsk_${Buffer.concat([secret, check]).toString('base64url')}`;
    await change((database) =>
      database.prepare('UPDATE credential SET verifier = ?, expires_at = expires_at + 1').run(sha256(secret)),
    );
    const answer = await vault.call({
      path: VAULT_ROUTES.sessions,
      headers: { authorization: `Bearer ${credential}` },
      body: { thumbprint: key.thumbprint, grant: collect },
    });
    expect(answer.status).toBe(401);
    expect(await lastEvent()).toMatchObject(CRITICAL);
    expect(await vault.vault.credentials.list()).toHaveLength(1);
  });
});

describe('a life time that somebody lengthened', () => {
  it.each(['NULL', 'expires_at + 86400000'])('A72 A103 shows no value any more: %s', async (end) => {
    const { tokens } = await vault.store();
    const listed = [String(tokens['cvc']), String(tokens['number'])];
    await change((database) => {
      database.exec(`UPDATE token SET expires_at = ${end} WHERE field = 'cvc'`);
      database.exec(`UPDATE record_key SET expires_at = ${end} WHERE expires_at IS NOT NULL`);
    });
    vault.advance(3_600_001);
    const reveal = await vault.session(key, { purpose: 'reveal', tokens: listed, origin: HOST });
    const body = { origin: HOST, tokens: listed };
    const answer = await vault.withSession({ path: VAULT_ROUTES.reveal, session: reveal, key, body });
    expect(answer.json).toMatchObject({ values: [{ error: 'not-found' }, { token: listed[1] }] });
    expect(await lastEvent()).toMatchObject({ severity_id: 5, unmapped: { damaged: 1, count: 1 } });
  });
});
