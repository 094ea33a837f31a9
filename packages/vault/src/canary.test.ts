import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { VAULT_ROUTES } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from './test-support/proof.js';
import { CARD, HOST, openTestVault, type TestVault } from './test-support/test-vault.js';

/** Values whose parts do not occur by chance. */
const CANARY = { number: '4929004929009290', expiry: '2033-11', cvc: '739', name: 'Quetzalcoatl Wyvernsdóttir' };

let folder: string;
let vault: TestVault;
let log: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-canary-'));
  log = [];
  vault = await openTestVault({ data: folder, log: (event) => log.push(JSON.stringify(event)) });
});
afterEach(async () => {
  await vault.vault.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The forms in which a text may hide in bytes. */
const formsOf = (text: string): readonly Buffer[] => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('base64').replaceAll('=', '').slice(0, -1)),
  Buffer.from(Buffer.from(text).toString('hex')),
];

function filesWith(text: string): readonly string[] {
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name));
    return formsOf(text).some((form) => bytes.includes(form));
  });
}

const PARTS = [
  CANARY.number,
  CANARY.number.slice(0, 12),
  CANARY.number.slice(4),
  CANARY.name,
  'Quetzal',
  'dóttir',
  '2033-11',
];

async function useEverything(): Promise<readonly string[]> {
  const { tokens } = await vault.store(CANARY);
  const key = testKey();
  const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 5 } as const;
  const session = await vault.session(key, collect);
  await vault.record({ session, key, values: { ...CANARY, cvc: '73' } });
  await vault.record({ session, key, values: { ...CANARY, [CANARY.number]: CANARY.name } });
  await vault.call({ path: `${VAULT_ROUTES.reveal}?card=${CANARY.number}`, body: { card: CANARY.number } });
  await vault.call({ path: `/${CANARY.number}`, method: 'GET' });
  const listed = Object.values(tokens);
  const grant = { purpose: 'reveal', tokens: listed, origin: HOST, redaction: 'plain' } as const;
  const answer = await vault.withSession({
    path: VAULT_ROUTES.reveal,
    session: await vault.session(key, grant),
    key,
    body: { origin: HOST, tokens: listed },
  });
  expect(answer.text).toContain(CANARY.number);
  return listed;
}

describe('canary', () => {
  it('A90 the search would find a planted value, in every form', async () => {
    for (const form of ['utf8', 'hex', 'base64'] as const) {
      const planted = `${Buffer.from(`planted ${CANARY.number}`).toString(form)}.`;
      const plant = vault.vault.credentials.create({ name: 'plant', days: 1 });
      await plant;
      await vault.requestSession(testKey(), {
        purpose: 'reveal',
        tokens: [randomUUID()],
        origin: HOST,
        reason: form === 'base64' ? Buffer.from(CANARY.number).toString('base64') : planted,
      });
      expect(filesWith(CANARY.number), form).toContain('vault.db-wal');
    }
  });

  it('A90 no value stands in database, write-ahead log, key file, request log or audit log', async () => {
    await useEverything();
    expect(readdirSync(folder).sort()).toEqual(['kek.key', 'vault.db', 'vault.db-wal']);
    for (const part of PARTS) expect(filesWith(part), part).toEqual([]);
    const audit = (await vault.vault.audit.rows()).map(({ body }) => body).join('\n');
    for (const part of PARTS) expect(`${audit}${log.join('\n')}`).not.toContain(part);
    expect(log.length).toBeGreaterThan(5);
  });

  it('A90 nor any token, session or credential in what is written about requests', async () => {
    const tokens = await useEverything();
    const audit = (await vault.vault.audit.rows()).map(({ body }) => body).join('\n');
    for (const secret of [...tokens, vault.credential, 'cls_', 'clsk_']) {
      expect(audit).not.toContain(secret);
      expect(log.join('\n')).not.toContain(secret);
    }
    for (const secret of ['cls_', 'clsk_']) expect(filesWith(secret)).toEqual([]);
  });

  it('A97 A103 what has expired is gone from the file, with its key', async () => {
    const { tokens } = await vault.store(CARD);
    vault.advance(3_600_001);
    expect((await vault.vault.sweep()).values).toBe(1);
    expect((await vault.audited()).at(-1)).toBe('retention.delete');
    const gone = Buffer.from(String(tokens['cvc']).replaceAll('-', ''), 'hex');
    const kept = Buffer.from(String(tokens['number']).replaceAll('-', ''), 'hex');
    await vault.vault.close();
    const bytes = readFileSync(join(folder, 'vault.db'));
    expect(bytes.includes(kept)).toBe(true);
    expect(bytes.includes(gone)).toBe(false);
  });

  it('a second start keeps what was stored', async () => {
    const { tokens } = await vault.store(CARD);
    await vault.vault.close();
    vault = await openTestVault({ data: folder });
    const key = testKey();
    const listed = [String(tokens['number'])];
    const session = await vault.session(key, { purpose: 'reveal', tokens: listed, origin: HOST, redaction: 'plain' });
    const body = { origin: HOST, tokens: listed };
    const answer = await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body });
    expect(answer.text).toContain(CARD.number);
    expect(await vault.vault.audit.verify()).toMatchObject({ ok: true });
  });
});
