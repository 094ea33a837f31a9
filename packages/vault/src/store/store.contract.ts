import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../audit/event.js';
import type { NewRecord, RecordAttempt, StoredSession, VaultStore } from './store.js';

const TENANT = '00000000-0000-4000-8000-000000000000';
const OTHER_TENANT = '00000000-0000-4000-8000-000000000001';
const NOW = 1_000_000;

const event = (at = NOW): AuditEvent => ({ at, request: randomUUID(), operation: 'record.create' });

const credential = {
  id: randomUUID(),
  tenant: TENANT,
  account: 'shop',
  verifier: randomBytes(32),
  createdAt: NOW,
  expiresAt: NOW + 2000,
};

const session = (change: Partial<StoredSession> = {}): StoredSession => ({
  id: randomUUID(),
  tenant: TENANT,
  tokenHash: randomBytes(32),
  thumbprint: 'thumb',
  account: 'shop',
  credential: credential.id,
  grant: '{}',
  usesLeft: 1,
  expiresAt: NOW + 1000,
  ...change,
});

/** A record of one lasting value and one that ends at NOW + 500. */
function record(): NewRecord {
  const key = (number: number, expiresAt: number | null) => ({ number, kekId: 1, wrapped: randomBytes(66), expiresAt });
  const value = (field: string, keyNumber: number, expiresAt: number | null) => ({
    token: randomUUID(),
    field,
    keyNumber,
    version: 1,
    envelope: randomBytes(66),
    expiresAt,
  });
  return {
    tenant: TENANT,
    id: randomUUID(),
    collection: 'cards',
    createdAt: NOW,
    keys: [key(1, null), key(2, NOW + 500)],
    values: [value('number', 1, null), value('cvc', 2, NOW + 500)],
  };
}

const attempt = (sessionHash: Uint8Array, change: Partial<RecordAttempt['idempotency']> = {}): RecordAttempt => ({
  now: NOW,
  sessionHash,
  record: record(),
  idempotency: {
    scope: randomBytes(32),
    bodyMac: randomBytes(32),
    response: randomBytes(50),
    expiresAt: NOW + 900,
    ...change,
  },
  created: event(),
  replayed: { ...event(), operation: 'record.replay' },
});

const tokensOf = ({ record: { values } }: RecordAttempt): readonly string[] => values.map(({ token }) => token);

async function usesLeft(store: VaultStore, { tokenHash }: StoredSession): Promise<unknown> {
  const found = await store.session(tokenHash);
  return typeof found === 'object' ? found.usesLeft : found;
}

async function auditCount(store: VaultStore): Promise<number> {
  return (await store.auditRows()).length;
}

/** What every `VaultStore` must do; run it over each implementation. */
export function storeContract(name: string, open: () => Promise<VaultStore>): void {
  describe(`store contract: ${name}`, () => {
    let store: VaultStore;
    beforeEach(async () => {
      store = await open();
      await store.addCredential(credential, event());
    });
    afterEach(() => store.close());

    it('gives back credentials and sessions as they were stored', async () => {
      const found = await store.credential(credential.verifier);
      expect(found).toEqual({ ...credential, verifier: new Uint8Array(credential.verifier) });
      expect(await store.credentials(TENANT)).toEqual([found]);
      expect(await store.credentials(OTHER_TENANT)).toEqual([]);
      const kept = session({ usesLeft: 3 });
      await store.addSession(kept, event());
      expect(await store.session(kept.tokenHash)).toEqual({ ...kept, tokenHash: new Uint8Array(kept.tokenHash) });
      expect(await store.session(randomBytes(32))).toBeUndefined();
      expect(await store.credential(randomBytes(32))).toBeUndefined();
    });

    it('gives back the values of a record with their keys', async () => {
      const owner = session();
      await store.addSession(owner, event());
      const one = attempt(owner.tokenHash);
      expect(await store.addRecord(one)).toEqual({ kind: 'created' });
      const found = await store.values(TENANT, tokensOf(one), NOW);
      expect(found.map(({ field }) => field).sort()).toEqual(['cvc', 'number']);
      for (const value of found) {
        const stored = one.record.values.find(({ token }) => token === value.token);
        const key = one.record.keys.find(({ number }) => number === value.keyNumber);
        expect(Buffer.from(value.envelope)).toEqual(stored?.envelope);
        expect(Buffer.from(value.wrappedKey)).toEqual(key?.wrapped);
        expect(value).toMatchObject({ record: one.record.id, collection: 'cards', version: 1 });
      }
    });

    it('A73 finds no value of another tenant', async () => {
      const owner = session();
      await store.addSession(owner, event());
      const one = attempt(owner.tokenHash);
      await store.addRecord(one);
      expect(await store.values(OTHER_TENANT, tokensOf(one), NOW)).toEqual([]);
      expect(await store.values(TENANT, [randomUUID()], NOW)).toEqual([]);
    });

    it('A80 spends exactly as many uses as there are, however many try at once', async () => {
      const few = session({ usesLeft: 7 });
      await store.addSession(few, event());
      const results = await Promise.all(Array.from({ length: 50 }, () => store.spendSession(few.tokenHash, event())));
      expect(results.filter(Boolean).length).toBe(7);
      expect(await auditCount(store)).toBe(2 + 7);
    });

    it('A80 spends no use of a session that has expired', async () => {
      const late = session({ expiresAt: NOW });
      await store.addSession(late, event());
      expect(await store.spendSession(late.tokenHash, event(NOW))).toBe(false);
      expect(await store.spendSession(late.tokenHash, event(NOW - 1))).toBe(true);
    });

    it('A81 answers a second attempt with the first response, whichever session makes it, and takes no use', async () => {
      const [first, second] = [session(), session()];
      await store.addSession(first, event());
      await store.addSession(second, event());
      const one = attempt(first.tokenHash);
      const again = { ...attempt(second.tokenHash), idempotency: { ...one.idempotency, response: randomBytes(9) } };
      const outcomes = await Promise.all([store.addRecord(one), store.addRecord(again), store.addRecord(one)]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'replayed', 'replayed']);
      const replay = outcomes[1];
      expect(replay.kind === 'replayed' && Buffer.from(replay.response)).toEqual(one.idempotency.response);
      expect(await store.values(TENANT, tokensOf(again), NOW)).toEqual([]);
      expect(await usesLeft(store, second)).toBe(1);
    });

    it('A81 refuses the same key with another body, changing nothing', async () => {
      const owner = session({ usesLeft: 2 });
      await store.addSession(owner, event());
      const one = attempt(owner.tokenHash);
      await store.addRecord(one);
      const before = await auditCount(store);
      const other = attempt(owner.tokenHash, { scope: one.idempotency.scope });
      expect(await store.addRecord(other)).toEqual({ kind: 'conflict' });
      expect(await store.values(TENANT, tokensOf(other), NOW)).toEqual([]);
      expect(await usesLeft(store, owner)).toBe(1);
      expect(await auditCount(store)).toBe(before);
    });

    it('creates nothing for a session without uses', async () => {
      const used = session({ usesLeft: 0 });
      await store.addSession(used, event());
      const one = attempt(used.tokenHash);
      expect(await store.addRecord(one)).toEqual({ kind: 'spent' });
      expect(await store.values(TENANT, tokensOf(one), NOW)).toEqual([]);
      expect(await store.addRecord(attempt(randomBytes(32)))).toEqual({ kind: 'spent' });
    });

    it('forgets a response when its time is over', async () => {
      const owner = session({ usesLeft: 2 });
      await store.addSession(owner, event());
      const one = attempt(owner.tokenHash, { expiresAt: NOW });
      const two = attempt(owner.tokenHash, { scope: one.idempotency.scope });
      expect((await store.addRecord(one)).kind).toBe('created');
      expect((await store.addRecord(two)).kind).toBe('created');
    });

    it('A103 neither finds nor keeps what has expired, and keeps the rest', async () => {
      const owner = session();
      await store.addSession(owner, event());
      const one = attempt(owner.tokenHash);
      await store.addRecord(one);
      const later = NOW + 500;
      expect((await store.values(TENANT, tokensOf(one), later - 1)).length).toBe(2);
      expect((await store.values(TENANT, tokensOf(one), later)).map(({ field }) => field)).toEqual(['number']);
      const swept = { ...event(later), operation: 'retention.delete' } as const;
      expect((await store.sweep(swept)).values).toBe(1);
      // Also for a clock that runs back, it is gone.
      expect((await store.values(TENANT, tokensOf(one), NOW)).map(({ field }) => field)).toEqual(['number']);
      expect(await store.sweep(swept)).toMatchObject({ values: 0 });
    });

    it('sweeps expired sessions, credentials and responses', async () => {
      const owner = session();
      await store.addSession(owner, event());
      await store.addRecord(attempt(owner.tokenHash));
      const counts = await store.sweep({ ...event(NOW + 5000), operation: 'retention.delete' });
      expect(counts).toEqual({ values: 1, sessions: 1, credentials: 1, responses: 1 });
      expect(await store.session(owner.tokenHash)).toBeUndefined();
    });

    it('A79 revokes a session of its own account and no other', async () => {
      const mine = session({ usesLeft: 5 });
      await store.addSession(mine, event());
      const before = await auditCount(store);
      for (const foreign of [{ account: 'else' }, { tenant: OTHER_TENANT }, { id: randomUUID() }])
        expect(await store.revokeSession({ ...mine, ...foreign }, event())).toBe(false);
      expect(await auditCount(store)).toBe(before);
      expect(await store.revokeSession(mine, event())).toBe(true);
      expect(await auditCount(store)).toBe(before + 1);
      expect(await store.session(mine.tokenHash)).toBeUndefined();
      expect(await store.revokeSession(mine, event())).toBe(false);
    });

    it('A79 lets nothing follow a revocation, in the same turn either', async () => {
      const [mine, other] = [session({ usesLeft: 9 }), session({ credential: randomUUID() })];
      await store.addSession(mine, event());
      expect(await store.addSession(other, event())).toBe(false);
      const done = attempt(mine.tokenHash);
      await store.addRecord(done);
      const [first, count, second, replay, create, mint] = await Promise.all([
        store.spendSession(mine.tokenHash, event()),
        store.revokeCredential(TENANT, credential.id, event()),
        store.spendSession(mine.tokenHash, event()),
        store.addRecord(done),
        store.addRecord(attempt(mine.tokenHash)),
        store.addSession(session(), event()),
      ]);
      expect([first, count, second, replay.kind, create.kind, mint]).toEqual([true, 1, false, 'spent', 'spent', false]);
      expect(await store.credential(credential.verifier)).toBeUndefined();
      expect(await store.revokeCredential(TENANT, credential.id, event())).toBeUndefined();
    });

    it('undoes work that fails half way, without harm to its neighbours', async () => {
      const owner = session({ usesLeft: 3 });
      await store.addSession(owner, event());
      const good = attempt(owner.tokenHash);
      const base = attempt(owner.tokenHash);
      const [value] = base.record.values;
      const twice = { ...base, record: { ...base.record, values: value === undefined ? [] : [value, value] } };
      const next = attempt(owner.tokenHash);
      const results = await Promise.allSettled([store.addRecord(good), store.addRecord(twice), store.addRecord(next)]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await usesLeft(store, owner)).toBe(1);
      expect(await store.values(TENANT, tokensOf(twice), NOW)).toEqual([]);
      expect(await auditCount(store)).toBe(4);
    });

    it('A91 numbers audit rows without gaps and signs the last', async () => {
      await Promise.all(Array.from({ length: 20 }, () => store.appendAudit(event())));
      const rows = await store.auditRows();
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
      const head = await store.auditHead();
      expect(head?.seq).toBe(21);
      expect(head?.hash).toEqual(rows.at(-1)?.hash);
    });
  });
}
