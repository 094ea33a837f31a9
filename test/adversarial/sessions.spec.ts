import { randomUUID } from 'node:crypto';
import { expect, test } from '../support/test.js';
import { CARD, VaultCaller, type VaultAnswer } from '../support/vault-caller.js';
import type { World } from '../support/world.js';

// Two hosts are listed, so that a grant for one must not open the other.
test.use({ worldOptions: { hosts: ['shop', 'outlet'] } });

const outlet = (world: World): string => world.hosts.origin('outlet');
const codeOf = ({ status, json }: VaultAnswer): string => `${String(status)} ${json.code ?? 'done'}`;
const count = (answers: readonly VaultAnswer[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const code of answers.map(codeOf)) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

const RECORDS = '/v1/records';
const MINUTE = 60_000;

test.describe('a proof that is wrong in one part, by the right key', () => {
  const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
  const cases: readonly (readonly [string, string, (world: World) => Readonly<Record<string, unknown>>])[] = [
    ['another method', 'proof-target', () => ({ htm: 'GET' })],
    ['another path', 'proof-target', ({ vaultUrl }) => ({ htu: `${vaultUrl}/v1/reveal` })],
    ['another vault', 'proof-target', () => ({ htu: 'https://vault.example/v1/records' })],
    ['an address with a query', 'proof-target', ({ vaultUrl }) => ({ htu: `${vaultUrl}${RECORDS}?a` })],
    ['the hash of another token', 'proof-token', () => ({ ath: 'A'.repeat(43) })],
    ['a time two minutes ago', 'proof-time', (world) => ({ iat: inSeconds(world.now() - 2 * MINUTE) })],
    ['a time half a minute ahead', 'proof-time', (world) => ({ iat: inSeconds(world.now() + MINUTE / 2) })],
    ['no token hash', 'proof-malformed', () => ({ ath: undefined })],
    ['an expiry of its own choice', 'proof-malformed', () => ({ exp: 4_000_000_000 })],
  ];
  for (const [title, refused, change] of cases) {
    test(`A75 A76 ${title} is refused and audited, and takes no use`, async ({ world }) => {
      const caller = new VaultCaller(world);
      // A vault takes no proof from before it began.
      world.advance(3 * MINUTE);
      const token = await caller.collectSession();
      const dpop = caller.prove(RECORDS, token, { payload: change(world) });
      expect(codeOf(await caller.record(token, { headers: { dpop } }))).toBe('401 unauthorized');
      expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused });
      expect(codeOf(await caller.record(token))).toBe('201 done');
    });
  }

  const headers: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['no algorithm', { alg: 'none' }],
    ['a symmetric algorithm', { alg: 'HS256' }],
    ['another type', { typ: 'JWT' }],
    ['a key by reference', { jku: 'https://evil.example/keys' }],
    ['a key id', { kid: '../../kek.key' }],
    ['a critical extension', { crit: ['b64'], b64: false }],
  ];
  for (const [title, header] of headers) {
    test(`A75 ${title} in its header is refused and audited`, async ({ world }) => {
      const caller = new VaultCaller(world);
      const token = await caller.collectSession();
      const dpop = caller.prove(RECORDS, token, { header });
      expect(codeOf(await caller.record(token, { headers: { dpop } }))).toBe('401 unauthorized');
      expect(await caller.lastAudit()).toMatchObject({ refused: 'proof-malformed' });
    });
  }

  test('A75 a proof counts once, on whichever route', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 5 });
    const dpop = caller.prove(RECORDS, token);
    expect(codeOf(await caller.record(token, { headers: { dpop } }))).toBe('201 done');
    expect(codeOf(await caller.record(token, { headers: { dpop } }))).toBe('401 unauthorized');
    expect(await caller.lastAudit()).toMatchObject({ refused: 'proof-replayed' });
  });
});

test.describe('a session outside its grant', () => {
  test('A74 stores in no other collection', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession();
    const body = { collection: 'quiet', values: { number: CARD.number, cvc: CARD.cvc } };
    expect(codeOf(await caller.record(token, { body }))).toBe('403 forbidden');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'grant-collection' });
    expect(codeOf(await caller.record(token))).toBe('201 done');
  });

  test('A74 stores for no other page, listed or not', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession();
    for (const origin of [outlet(world), world.hosts.origin('evil'), world.elements]) {
      expect(codeOf(await caller.record(token, { body: { origin } }))).toBe('403 forbidden');
      expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'grant-origin' });
    }
    // The other host is a host: with a grant of its own it may.
    const own = await caller.collectSession({ origin: outlet(world) });
    expect(codeOf(await caller.record(own, { body: { origin: outlet(world) } }))).toBe('201 done');
  });

  test('A74 a collect session reveals nothing, and a reveal session stores nothing', async ({ world }) => {
    const caller = new VaultCaller(world);
    const { number } = await caller.stored();
    expect(codeOf(await caller.reveal(await caller.collectSession(), [number]))).toBe('403 forbidden');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'reveal', refused: 'grant-purpose' });
    const reveal = await caller.revealSession([number]);
    expect(codeOf(await caller.record(reveal))).toBe('403 forbidden');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'grant-purpose' });
    expect(await caller.reveal(reveal, [number])).toMatchObject({ json: { values: [{ value: CARD.number }] } });
  });

  test('A73 A74 a reveal session shows its own tokens and cannot tell others from none', async ({ world }) => {
    const caller = new VaultCaller(world);
    const [mine, theirs] = [await caller.stored(), await caller.stored()];
    const unknown = randomUUID();
    const ask = async (token: string): Promise<VaultAnswer> =>
      caller.reveal(await caller.revealSession([mine.number]), [token]);
    for (const token of [theirs.number, unknown]) {
      const { status, json } = await ask(token);
      expect({ status, json }).toEqual({ status: 200, json: { values: [{ token, error: 'not-found' }] } });
      // Not refused as a request, yet it stands in the log that this token was asked for and that nothing was shown.
      expect(await caller.lastAudit()).toMatchObject({ operation: 'reveal', count: 0, tokens: 1 });
    }
    expect(await ask(mine.number)).toMatchObject({ json: { values: [{ token: mine.number, value: CARD.number }] } });
    expect(await caller.lastAudit()).toMatchObject({ operation: 'reveal', count: 1, tokens: 1 });
  });

  test('A74 a reveal for another page is refused, and so is more than the ceiling', async ({ world }) => {
    const caller = new VaultCaller(world);
    const { number } = await caller.stored();
    const token = await caller.revealSession([number], { redaction: 'masked' });
    const body = { origin: outlet(world), tokens: [number] };
    expect(codeOf(await caller.call({ path: '/v1/reveal', token, body }))).toBe('403 forbidden');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'reveal', refused: 'grant-origin' });
    const wish = { origin: world.shop, tokens: [number], redaction: 'plain' };
    const answer = await caller.call({ path: '/v1/reveal', token, body: wish });
    expect(answer).toMatchObject({ status: 200, json: { values: [{ redaction: 'masked' }] } });
    expect(JSON.stringify(answer.json)).not.toContain('4242');
  });
});

test.describe('a session that is over', () => {
  test('A80 after its uses', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 2 });
    const answers = [await caller.record(token), await caller.record(token), await caller.record(token)];
    expect(answers.map(codeOf)).toEqual(['201 done', '201 done', '401 unauthorized']);
    expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'session-spent' });
  });

  test('A76 after its minutes, to the second', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 2, minutes: 1 });
    world.advance(MINUTE - 5000);
    expect(codeOf(await caller.record(token))).toBe('201 done');
    world.advance(5000);
    expect(codeOf(await caller.record(token))).toBe('401 unauthorized');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'session' });
  });

  test('A75 a token that never was is refused in the same words', async ({ world }) => {
    const caller = new VaultCaller(world);
    const spent = await caller.collectSession();
    await caller.record(spent);
    const answers = [await caller.record(spent), await caller.record(`cls_${'A'.repeat(43)}`)];
    const words = answers.map(({ status, json: { instance: _, ...words } }) => ({ status, words }));
    expect(words[0]).toEqual(words[1]);
    expect(await caller.lastAudit()).toMatchObject({ refused: 'session' });
  });
});

test.describe('many at once', () => {
  const fifty = <T>(make: () => Promise<T>): Promise<readonly T[]> => Promise.all(Array.from({ length: 50 }, make));

  test('A80 fifty requests with one use: exactly one record', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 1 });
    const rows = await caller.auditLength();
    const answers = await fifty(() => caller.record(token));
    expect(count(answers)).toEqual({ '201 done': 1, '401 unauthorized': 49 });
    const audited = await caller.auditSince(rows);
    expect(audited.filter(({ refused }) => refused === undefined)).toHaveLength(1);
    expect(audited.filter(({ refused }) => refused === 'session-spent')).toHaveLength(49);
  });

  test('A80 fifty reveals with three uses: exactly three answers', async ({ world }) => {
    const caller = new VaultCaller(world);
    const { number } = await caller.stored();
    const other = new VaultCaller(world);
    const token = await other.revealSession([number], { uses: 3 });
    const answers = await fifty(() => other.reveal(token, [number]));
    expect(count(answers)).toEqual({ '200 done': 3, '401 unauthorized': 47 });
  });

  test('A75 A80 fifty copies of one request: its proof counts once', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 100 });
    const headers = { dpop: caller.prove(RECORDS, token), 'idempotency-key': randomUUID() };
    const answers = await fifty(() => caller.record(token, { headers }));
    expect(count(answers)).toEqual({ '201 done': 1, '401 unauthorized': 49 });
  });

  test('A81 one idempotency key, many proofs: one record; other values are a conflict', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession({ uses: 1 });
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => caller.record(token, { headers })));
    expect(count(answers)).toEqual({ '201 done': 10 });
    expect(new Set(answers.map(({ json }) => json['record'])).size).toBe(1);
    const other = { values: { ...CARD, cvc: '738' } };
    expect(codeOf(await caller.record(token, { headers, body: other }))).toBe('409 conflict');
    expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'idempotency' });
  });
});
