import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VAULT_ROUTES, parseConfig } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { ELEMENTS, HOST, VAULT, openTestVault, type TestVault } from '../test-support/test-vault.js';

const HOUR = 3_600_000;
const key = testKey();

let folder: string;
let vault: TestVault;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-retention-'));
  vault = await openTestVault({ data: join(folder, 'live') });
});
afterEach(async () => {
  await vault.vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const withCode = (field: object) =>
  parseConfig({
    hosts: [HOST],
    elements: ELEMENTS,
    vault: VAULT,
    collections: { cards: { cvc: { type: 'card-cvc', ...field } } },
  });

/** Whether the vault finds a token: what it shows of a security code is nothing, but it says so. */
async function found(token: string): Promise<boolean> {
  const session = await vault.session(key, { purpose: 'reveal', tokens: [token], origin: HOST, redaction: 'plain' });
  const body = { origin: HOST, tokens: [token] };
  const answer = await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body });
  expect(answer.status).toBe(200);
  return !answer.text.includes('not-found');
}

/** The bytes by which the security code of a closed folder could be opened: its row and its key. */
function bytesOfCode(data: string): readonly Buffer[] {
  const database = new DatabaseSync(join(data, 'vault.db'));
  const row = database
    .prepare(
      `SELECT t.token, t.envelope, k.wrapped FROM token t JOIN record_key k
         ON k.record_id = t.record_id AND k.number = t.key_number WHERE t.field = 'cvc'`,
    )
    .get();
  database.close();
  return Object.values(row ?? {}).flatMap((value) => (value instanceof Uint8Array ? [Buffer.from(value)] : []));
}

const hits = (data: string, parts: readonly Buffer[]): number =>
  readdirSync(data)
    .map((name) => readFileSync(join(data, name)))
    .reduce((sum, bytes) => sum + parts.filter((part) => bytes.includes(part)).length, 0);

describe('a security code', () => {
  it('A103 cannot be configured to stay longer than an hour, and stays no longer when nothing is said', () => {
    for (const keep of ['61m', '2h', '1d']) expect(withCode({ keep }).ok, keep).toBe(false);
    for (const field of [{}, { keep: '1h' }]) {
      const parsed = withCode(field);
      expect(parsed.ok && parsed.config.collections['cards']?.['cvc']?.keep).toBe(HOUR);
    }
  });

  it('A103 is found until its hour is over, and not when the clock runs back either', async () => {
    const { tokens } = await vault.store();
    const code = String(tokens['cvc']);
    vault.advance(HOUR - 1);
    expect(await found(code)).toBe(true);
    vault.advance(1);
    expect(await found(code)).toBe(false);
    expect((await vault.vault.sweep()).values).toBe(1);
    vault.advance(-1);
    expect(await found(code)).toBe(false);
    expect(await found(String(tokens['number']))).toBe(true);
  });

  it('A97 A103 leaves neither row, ciphertext nor key in any file of the vault', async () => {
    await vault.store();
    await vault.vault.close();
    const parts = bytesOfCode(join(folder, 'live'));
    expect(parts).toHaveLength(3);
    expect(hits(join(folder, 'live'), parts)).toBeGreaterThanOrEqual(3);
    vault = await openTestVault({ data: join(folder, 'live') });
    vault.advance(HOUR);
    await vault.vault.sweep();
    // With the vault open, its write-ahead log is searched too.
    expect(hits(join(folder, 'live'), parts)).toBe(0);
  });

  it('A97 does not come back with a backup: not when its keys were left out, and not after its end', async () => {
    const { tokens } = await vault.store();
    const [code, number] = [String(tokens['cvc']), String(tokens['number'])];
    await vault.vault.close();
    const restore = async (name: string, edit = ''): Promise<void> => {
      const data = join(folder, name);
      cpSync(join(folder, 'live'), data, { recursive: true });
      const database = new DatabaseSync(join(data, 'vault.db'));
      database.exec(edit);
      database.close();
      await vault.vault.close();
      vault = await openTestVault({ data });
    };
    await restore('whole');
    expect([await found(code), await found(number)]).toEqual([true, true]);
    await restore('without-its-key', 'DELETE FROM record_key WHERE expires_at IS NOT NULL');
    expect([await found(code), await found(number)]).toEqual([false, true]);
    await restore('much-later');
    vault.advance(HOUR);
    expect([await found(code), await found(number)]).toEqual([false, true]);
    await restore(
      'with-another-end',
      'UPDATE token SET expires_at = expires_at * 2; UPDATE record_key SET expires_at = expires_at * 2',
    );
    vault.advance(HOUR);
    expect([await found(code), await found(number)]).toEqual([false, true]);
  });
});
