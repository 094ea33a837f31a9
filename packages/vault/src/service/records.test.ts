import { randomUUID } from 'node:crypto';
import { VAULT_ROUTES, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { CARD, HOST, openTestVault, type TestVault } from '../test-support/test-vault.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST } as const satisfies Grant;
const without = (field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(CARD).filter(([name]) => name !== field));
const WITHOUT_NAME = without('name');
const WITHOUT_CVC = without('cvc');

let vault: TestVault;
beforeEach(async () => {
  vault = await openTestVault();
});
afterEach(() => vault.vault.close());

const created = async (): Promise<number> =>
  (await vault.audited()).filter((operation) => operation === 'record.create').length;

describe('creating a record', () => {
  it('stores what is there; optional fields may be missing', async () => {
    const { tokens } = await vault.store(WITHOUT_NAME);
    expect(Object.keys(tokens).sort()).toEqual(['cvc', 'expiry', 'number']);
  });

  it('A100 gives every value a random token of its own', async () => {
    const [one, two] = [await vault.store(), await vault.store()];
    const all = [one.record, two.record, ...Object.values(one.tokens), ...Object.values(two.tokens)];
    expect(new Set(all).size).toBe(10);
    for (const token of all) expect(token.charAt(14)).toBe('4');
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
    ['a wrong check digit', { ...CARD, number: '4242424242424241' }, '/values/number', 'number-check'],
    ['spaces in a number', { ...CARD, number: '4242 4242 4242 4242' }, '/values/number', 'characters'],
    ['an expiry of last year', { ...CARD, expiry: '2029-01' }, '/values/expiry', 'expiry-past'],
    ['four digits of a three-digit code', { ...CARD, cvc: '1234' }, '/values/cvc', 'cvc-length'],
    ['three digits of a four-digit code', { ...CARD, number: '378282246310005' }, '/values/cvc', 'cvc-length'],
    ['an unknown field', { ...CARD, iban: 'x' }, '/values', 'unknown-key'],
    ['an inherited name as a field', { ...CARD, toString: 'x' }, '/values', 'unknown-key'],
    ['a missing code', WITHOUT_CVC, '/values/cvc', 'required'],
    ['a NUL in a name', { ...CARD, name: 'Zoë\u0000' }, '/values/name', 'characters'],
  ])('refuses %s, names the place and creates nothing', async (_title, values, pointer, code) => {
    const session = await vault.session(key, collect);
    const answer = await vault.record({ session, key, values });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: 'invalid', errors: [{ pointer, code }] });
    expect((await vault.audited()).at(-1)).toBe('record.create values');
    // The use was not spent on it.
    expect((await vault.record({ session, key })).status).toBe(201);
  });

  it.each<[string, unknown]>([
    ['a number as a number', { ...CARD, number: 4_242_424_242_424_242 }],
    ['a list', []],
    ['nothing', {}],
    ['an empty value', { ...CARD, name: '' }],
    ['a value of 1 001 characters', { ...CARD, name: 'a'.repeat(1001) }],
  ])('A85 refuses values that are %s, without repeating them', async (_title, values) => {
    const session = await vault.session(key, collect);
    const answer = await vault.withSession({
      path: VAULT_ROUTES.records,
      session,
      key,
      body: { collection: 'cards', origin: HOST, values },
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('4242');
  });

  it.each<[string, Grant, string]>([
    ['another collection', { ...collect, collection: 'people' }, 'grant-collection'],
    ['another origin', { ...collect, origin: 'https://other.example' }, 'grant-origin'],
    ['reveals', { purpose: 'reveal', tokens: [randomUUID()], origin: HOST }, 'grant-purpose'],
  ])('A74 refuses a session for %s', async (_title, grant, reason) => {
    const answer = await vault.record({ session: await vault.session(key, grant), key });
    expect(answer.status).toBe(403);
    expect((await vault.audited()).at(-1)).toBe(`record.create ${reason}`);
  });

  it('A76 refuses a session after its time and after its uses', async () => {
    const short = await vault.session(key, { ...collect, minutes: 1 });
    vault.advance(60_000);
    expect((await vault.record({ session: short, key })).status).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create session');
    const once = await vault.session(key, collect);
    expect((await vault.record({ session: once, key })).status).toBe(201);
    expect((await vault.record({ session: once, key })).status).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create session-spent');
  });

  it('A80 of 30 requests at once on 5 uses exactly 5 create', async () => {
    const session = await vault.session(key, { ...collect, uses: 5 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => vault.record({ session, key })));
    expect(answers.filter(({ status }) => status === 201).length).toBe(5);
    expect(answers.filter(({ status }) => status === 401).length).toBe(25);
    expect(await created()).toBe(5);
  });

  it('refuses a stolen session without its key', async () => {
    const session = await vault.session(key, collect);
    const answer = await vault.record({ session, key: testKey() });
    expect(answer.status).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create proof-key');
  });
});

describe('a lost answer', () => {
  it('A81 is given again for the same key and body, even when the session is used up, and creates nothing', async () => {
    const session = await vault.session(key, collect);
    const idempotencyKey = randomUUID();
    const first = await vault.record({ session, key, idempotencyKey });
    const again = await vault.record({ session, key, idempotencyKey });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(await created()).toBe(1);
    expect((await vault.audited()).at(-1)).toBe('record.replay');
  });

  it('A81 is given again in a new session of the same key, at no cost to it', async () => {
    const idempotencyKey = randomUUID();
    const first = await vault.record({ session: await vault.session(key, collect), key, idempotencyKey });
    const fresh = await vault.session(key, collect);
    expect((await vault.record({ session: fresh, key, idempotencyKey })).json).toEqual(first.json);
    expect((await vault.record({ session: fresh, key })).status).toBe(201);
    expect(await created()).toBe(2);
  });

  it('A81 does not depend on the order of the values', async () => {
    const session = await vault.session(key, collect);
    const idempotencyKey = randomUUID();
    const first = await vault.record({ session, key, idempotencyKey });
    const values = Object.fromEntries(Object.entries(CARD).reverse());
    expect((await vault.record({ session, key, idempotencyKey, values })).json).toEqual(first.json);
  });

  it('A81 is given once only when many ask at the same time', async () => {
    const session = await vault.session(key, { ...collect, uses: 10 });
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => vault.record({ session, key, idempotencyKey })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await created()).toBe(1);
  });

  it('A81 is a conflict for other values, and another key of the coordinator is another scope', async () => {
    const idempotencyKey = randomUUID();
    const session = await vault.session(key, { ...collect, uses: 2 });
    await vault.record({ session, key, idempotencyKey });
    const conflict = await vault.record({ session, key, idempotencyKey, values: WITHOUT_NAME });
    expect(conflict.status).toBe(409);
    expect(conflict.json).toMatchObject({ code: 'conflict' });
    const stranger = testKey();
    const foreign = await vault.session(stranger, collect);
    const answer = await vault.record({ session: foreign, key: stranger, idempotencyKey });
    expect(answer.status).toBe(201);
    expect(await created()).toBe(2);
  });

  it('is forgotten after a day', async () => {
    const idempotencyKey = randomUUID();
    const first = await vault.record({ session: await vault.session(key, collect), key, idempotencyKey });
    vault.advance(86_400_000);
    const later = await vault.record({ session: await vault.session(key, collect), key, idempotencyKey });
    expect(later.status).toBe(201);
    expect(later.text).not.toBe(first.text);
  });

  it.each(['', 'not-a-uuid', '00000000-0000-1000-8000-000000000000'])(
    'needs a UUID as its key, not %j',
    async (value) => {
      const answer = await vault.record({ session: await vault.session(key, collect), key, idempotencyKey: value });
      expect(answer.status).toBe(400);
    },
  );
});
