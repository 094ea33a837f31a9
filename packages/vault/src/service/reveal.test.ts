import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VAULT_ROUTES, type Grant, type Redaction } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { HOST, openTestVault, type Answer, type TestVault } from '../test-support/test-vault.js';

const key = testKey();

let vault: TestVault;
beforeEach(async () => {
  vault = await openTestVault();
});
afterEach(() => vault.vault.close());

interface Wish {
  readonly listed: readonly string[];
  readonly wanted?: readonly string[];
  readonly ceiling?: Redaction;
  readonly wish?: Redaction;
  readonly origin?: string;
}

async function reveal({ listed, wanted = listed, ceiling, wish, origin = HOST }: Wish): Promise<Answer> {
  const grant: Grant = {
    purpose: 'reveal',
    tokens: listed,
    origin: HOST,
    ...(ceiling === undefined ? {} : { redaction: ceiling }),
  };
  return vault.withSession({
    path: VAULT_ROUTES.reveal,
    session: await vault.session(key, grant),
    key,
    body: { origin, tokens: wanted, ...(wish === undefined ? {} : { redaction: wish }) },
  });
}

const shown = (answer: Answer): unknown => answer.json;
const missing = (token: string) => ({ token, error: 'not-found' });

describe('redaction', () => {
  it.each<[Redaction | undefined, Redaction | undefined, Redaction, string]>([
    [undefined, undefined, 'masked', '••••'],
    [undefined, 'plain', 'masked', '••••'],
    ['plain', undefined, 'plain', '4242 4242 4242 4242'],
    ['plain', 'last4', 'last4', '•••• 4242'],
    ['plain', 'redacted', 'redacted', ''],
    ['last4', 'plain', 'last4', '•••• 4242'],
    ['redacted', 'plain', 'redacted', ''],
  ])('of a grant for %s and a wish for %s is %s', async (ceiling, wish, redaction, text) => {
    const { tokens } = await vault.store();
    const token = String(tokens['number']);
    const answer = await reveal({ listed: [token], ...(ceiling && { ceiling }), ...(wish && { wish }) });
    expect(shown(answer)).toMatchObject({ values: [{ token, type: 'card-number', redaction, text }] });
  });

  it('A103 never shows a security code, whatever was granted and wished', async () => {
    const { tokens } = await vault.store();
    const answer = await reveal({ listed: [String(tokens['cvc'])], ceiling: 'plain', wish: 'plain' });
    expect(shown(answer)).toMatchObject({ values: [{ redaction: 'redacted', value: '', text: '' }] });
  });

  it('never goes beyond the field', async () => {
    const { tokens } = await vault.store();
    const answer = await reveal({ listed: [String(tokens['name'])], ceiling: 'plain', wish: 'plain' });
    expect(shown(answer)).toMatchObject({ values: [{ redaction: 'masked', text: '••••' }] });
    expect(answer.text).not.toContain('Canary');
  });
});

describe('tokens', () => {
  it('A73 that are unknown, expired, or not listed look the same', async () => {
    const { tokens } = await vault.store();
    const [number, cvc] = [String(tokens['number']), String(tokens['cvc'])];
    const unknown = randomUUID();
    vault.advance(3_600_000);
    const answer = await reveal({ listed: [unknown, cvc], wanted: [unknown, cvc, number], ceiling: 'plain' });
    expect(answer.status).toBe(200);
    expect(shown(answer)).toEqual({ values: [missing(unknown), missing(cvc), missing(number)] });
  });

  it('come back in the order in which they were asked for, repeated ones too', async () => {
    const { tokens } = await vault.store();
    const [number, expiry] = [String(tokens['number']), String(tokens['expiry'])];
    const answer = await reveal({ listed: [number, expiry], wanted: [expiry, number, expiry], ceiling: 'last4' });
    expect(shown(answer)).toMatchObject({ values: [{ token: expiry }, { token: number }, { token: expiry }] });
  });

  it.each<[string, string, number, string]>([
    ['another origin', 'https://other.example', 403, 'reveal grant-origin'],
    ['a wildcard', '*', 422, 'reveal body'],
    ['a null origin', 'null', 422, 'reveal body'],
  ])('A74 are refused to %s', async (_title, origin, status, audited) => {
    expect((await reveal({ listed: [randomUUID()], origin })).status).toBe(status);
    expect((await vault.audited()).at(-1)).toBe(audited);
  });

  it('A74 are refused to a session that collects', async () => {
    const session = await vault.session(key, { purpose: 'collect', collection: 'cards', origin: HOST });
    const body = { origin: HOST, tokens: [randomUUID()] };
    const answer = await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body });
    expect(answer.status).toBe(403);
    expect((await vault.audited()).at(-1)).toBe('reveal grant-purpose');
  });

  it('A80 are shown as often as granted, also when all ask at once', async () => {
    const { tokens } = await vault.store();
    const listed = [String(tokens['number'])];
    const session = await vault.session(key, { purpose: 'reveal', tokens: listed, origin: HOST, uses: 3 });
    const body = { origin: HOST, tokens: listed };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body })),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBe(3);
  });
});

describe('a database that somebody changed', () => {
  let folder: string;
  beforeEach(async () => {
    await vault.vault.close();
    folder = mkdtempSync(join(tmpdir(), 'cloister-tamper-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Stores two cards, lets somebody at the file, and asks for the numbers of both. */
  async function tampered(sql: string): Promise<Answer> {
    const before = await openTestVault({ data: folder });
    const first = await before.store();
    const second = await before.store({ number: '5555555555554444', expiry: '2031-01', cvc: '123' });
    await before.vault.close();
    const database = new DatabaseSync(join(folder, 'vault.db'));
    database.exec(sql);
    database.close();
    vault = await openTestVault({ data: folder });
    return reveal({ listed: [first, second].map(({ tokens }) => String(tokens['number'])), ceiling: 'plain' });
  }
  const audit = async (): Promise<unknown> => JSON.parse((await vault.vault.audit.rows()).at(-1)?.body ?? '');

  it.each([
    [
      'two ciphertexts exchanged',
      `CREATE TEMP TABLE t AS SELECT token, envelope FROM token WHERE field = 'number';
       UPDATE token SET envelope = (SELECT envelope FROM t WHERE t.token <> token.token) WHERE field = 'number'`,
    ],
    [
      'two wrapped keys exchanged',
      `CREATE TEMP TABLE k AS SELECT record_id, wrapped FROM record_key WHERE number = 1;
       UPDATE record_key SET wrapped = (SELECT wrapped FROM k WHERE k.record_id <> record_key.record_id) WHERE number = 1`,
    ],
    ['fields renamed', `UPDATE token SET field = 'expiry' WHERE field = 'number'`],
    ['another version', `UPDATE token SET version = 2`],
    ['another collection', `UPDATE token SET collection = 'people', field = 'name' WHERE field = 'number'`],
  ])('A72 shows nothing of %s, and the audit log says so', async (_title, sql) => {
    const answer = await tampered(sql);
    expect(answer.json).toMatchObject({ values: [{ error: 'not-found' }, { error: 'not-found' }] });
    expect(await audit()).toMatchObject({ severity_id: 5, unmapped: { damaged: 2, count: 0 } });
  });

  it('A72 A91 names the audit row that was changed', async () => {
    await tampered(`UPDATE audit SET body = replace(body, 'shop', 'else') WHERE seq = 2`);
    expect(await vault.vault.audit.verify()).toEqual({ ok: false, firstBad: 2 });
  });
});
