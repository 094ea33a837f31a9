import type { Page } from '@playwright/test';
import { BenchPage, VISA } from '../support/bench-page.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import { VaultCaller } from '../support/vault-caller.js';
import type { World } from '../support/world.js';

// A world of its own, for its clock is moved.
test.use({ worldOptions: { hosts: ['shop'] } });

/** The one request of a coordinator. */
interface Captured {
  /** As the wire carries it. */
  readonly sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  /** Unfolded: whoever reads the wire can write it in the other form. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes a request off the wire apart. */
function capture(text: string, headers: Readonly<Record<string, string>>): Captured {
  const { request, ...folded } = JSON.parse(text) as Readonly<Record<string, string>> & { readonly request: object };
  return {
    sent: { headers, body: text },
    headers: { origin: headers['origin'] ?? '', ...folded },
    body: JSON.stringify(request),
  };
}

/**
 * A shopper submits; a script of the page keeps the session token that the callback returns, and the request itself is
 * taken off the wire before it arrives, so that the token still has its use.
 */
async function steal(page: Page, world: World): Promise<{ readonly token: string; readonly request: Captured }> {
  let request: Captured | undefined;
  await page.route(`${world.vaultUrl}/v1/records`, async (route) => {
    const all = await route.request().allHeaders();
    const headers = { 'content-type': all['content-type'] ?? '', origin: world.elements };
    request = capture(route.request().postData() ?? '', headers);
    await route.abort();
  });
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame', {
    prepare: () => {
      const honest = window.sessionAt;
      window.sessionAt = (path) => async (need) => {
        const token = await honest(path)(need);
        document.documentElement.dataset['stolen'] = token;
        return token;
      };
    },
  });
  await bench.fill(VISA, 'one frame');
  expect(await bench.submit()).toEqual({ ok: false, code: 'offline' });
  const token = await page.evaluate(() => document.documentElement.dataset['stolen'] ?? '');
  if (request === undefined) throw new Error('the coordinator sent nothing');
  return { token, request };
}

test.describe('a session token that was stolen from a page', () => {
  test('A08 A75 is refused without the key that it is bound to, each time with an audit row, and stores nothing', async ({
    page,
    world,
  }) => {
    const { token, request } = await steal(page, world);
    expect(token).toMatch(/^cls_[\w-]{43}$/u);
    expect(request.headers['authorization']).toBe(`DPoP ${token}`);
    const thief = new VaultCaller(world);
    const path = '/v1/records';
    const victim = JSON.parse(Buffer.from(String(request.headers['dpop']).split('.')[0] ?? '', 'base64url').toString());
    const attempts = [
      ['no proof', null, 'proof-malformed'],
      ['a proof by the thief’s own key', thief.prove(path, token), 'proof-key'],
      ['the victim’s public key, signed by the thief', thief.prove(path, token, { header: victim }), 'proof-signature'],
      ['an unsigned proof', thief.prove(path, token, { header: { alg: 'none' } }), 'proof-malformed'],
      [
        'no more than the public half of the proof',
        `${String(request.headers['dpop']).split('.').slice(0, 2).join('.')}.`,
        'proof-malformed',
      ],
    ] as const;
    const before = await storedRecords(world);
    for (const [title, dpop, refused] of attempts) {
      const rows = await thief.auditLength();
      const answer = await thief.record(token, { headers: { dpop } });
      expect(answer, title).toMatchObject({ status: 401, json: { code: 'unauthorized' } });
      expect(answer.headers['access-control-allow-origin'], title).toBe(world.elements);
      expect(await thief.auditSince(rows), title).toMatchObject([{ operation: 'record.create', refused }]);
    }
    expect(await storedRecords(world)).toBe(before);

    // The token had its use all the time: the very request that was held back succeeds, once, and in no other form again.
    expect(await thief.send(path, request.sent.headers, request.sent.body)).toMatchObject({ status: 201 });
    for (const { headers, body } of [request.sent, request]) {
      const rows = await thief.auditLength();
      expect(await thief.send(path, headers, body)).toMatchObject({ status: 401 });
      expect(await thief.auditSince(rows)).toMatchObject([{ operation: 'record.create', refused: 'proof-replayed' }]);
    }
    expect(await storedRecords(world)).toBe(before + 1);
  });

  test('A75 the proof that was captured is of no use at another address, for another token or later', async ({
    page,
    world,
  }) => {
    const { request } = await steal(page, world);
    const thief = new VaultCaller(world);
    const other = await thief.collectSession();
    const captured = request.headers;
    expect(await thief.send('/v1/reveal', captured, JSON.stringify({ origin: world.shop, tokens: [] }))).toMatchObject({
      status: 401,
    });
    expect(await thief.lastAudit()).toMatchObject({ operation: 'reveal', refused: 'proof-target' });
    const withOther = { ...captured, authorization: `DPoP ${other}` };
    expect(await thief.send('/v1/records', withOther, request.body)).toMatchObject({ status: 401 });
    expect(await thief.lastAudit()).toMatchObject({ refused: 'proof-key' });
    // A proof ends after a minute, long before the five minutes of the session do.
    world.advance(62_000);
    expect(await thief.send('/v1/records', captured, request.body)).toMatchObject({ status: 401 });
    expect(await thief.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'proof-time' });
  });

  test('A11 A75 the coordinator of another tab cannot use it', async ({ page, context, world }) => {
    const { token } = await steal(page, world);
    const tab = await context.newPage();
    const bench = new BenchPage(tab, world);
    const path = world.hosts.serve('/stolen-session', { type: 'text/plain', body: token });
    await bench.mountCard('one frame', { session: path });
    await bench.fill(VISA, 'one frame');
    const caller = new VaultCaller(world);
    const before = await storedRecords(world);
    const rows = await caller.auditLength();
    expect(await bench.submit()).toEqual({ ok: false, code: 'unauthorized' });
    // Twice, where the vault's clock is far from the browser's: the coordinator dates its proof anew.
    const reasons = (await caller.auditSince(rows)).map(
      ({ operation, refused }) => `${operation} ${refused ?? 'done'}`,
    );
    expect(new Set(reasons)).toEqual(new Set(['record.create proof-key']));
    expect(await storedRecords(world)).toBe(before);
  });
});
