import { randomUUID } from 'node:crypto';
import { BenchPage } from '../support/bench-page.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import { CARD, VaultCaller } from '../support/vault-caller.js';
import { post, type World } from '../support/world.js';

const FOREIGN: readonly (readonly [string, (world: World) => string])[] = [
  ['the shop itself', ({ shop }) => shop],
  ['a stranger', ({ hosts }) => hosts.origin('evil')],
  ['no origin at all (null)', () => 'null'],
  ['a name that begins like ours', ({ elements }) => `${elements}.evil.example`],
  ['our name with another port', ({ elements }) => `http://${new URL(elements).hostname}:1`],
  ['our name in capitals', ({ elements }) => elements.toUpperCase()],
];

/** A script's whole request, made in the browser. */
interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly mode: 'cors' | 'no-cors';
}

test.describe('who may ask the vault from a browser', () => {
  for (const [title, originOf] of FOREIGN) {
    test(`A88 not ${title}, whatever else is right`, async ({ world }) => {
      const caller = new VaultCaller(world);
      const token = await caller.collectSession();
      const headers = { origin: originOf(world) };
      const answer = await caller.record(token, { headers });
      expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' }, headers: { vary: 'Origin' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'origin' });
      const reveal = await caller.reveal(token, [randomUUID()], { headers });
      expect(reveal.status).toBe(403);
      expect(await caller.lastAudit()).toMatchObject({ operation: 'reveal', refused: 'origin' });

      const honest = await caller.record(token);
      expect(honest).toMatchObject({ status: 201, headers: { 'access-control-allow-origin': world.elements } });
      expect(honest.headers).not.toHaveProperty('access-control-allow-credentials');
    });
  }

  for (const host of ['shop', 'evil']) {
    test(`A88 a script of ${host}.localhost that holds session and key is not let through by the browser`, async ({
      page,
      world,
    }) => {
      const caller = new VaultCaller(world);
      const token = await caller.collectSession({ uses: 3 });
      world.hosts.serve('/blank', { body: '<!doctype html><title>blank</title>' });
      await new BenchPage(page, world).open('/blank', world.hosts.origin(host));
      const send = (type: string, mode: Sent['mode']): Promise<string> => {
        const dpop = caller.prove('/v1/records', token);
        const all = { authorization: `DPoP ${token}`, dpop, 'idempotency-key': randomUUID(), 'content-type': type };
        const body = JSON.stringify({ collection: 'cards', origin: world.shop, values: CARD });
        const sent: Sent = { url: `${world.vaultUrl}/v1/records`, headers: all, body, mode };
        return page.evaluate(async ({ url, headers, body, mode }) => {
          try {
            const response = await fetch(url, { method: 'POST', headers, body, mode });
            return `${response.type} ${String(response.status)}`;
          } catch (error) {
            return String(error);
          }
        }, sent);
      };
      const before = await storedRecords(world);
      expect(await send('application/json', 'cors')).toBe('TypeError: Failed to fetch');
      const rows = await caller.auditLength();
      // A request that needs no preflight arrives without the headers that count, and is refused for its origin.
      expect(await send('text/plain', 'no-cors')).toBe('TypeError: Failed to fetch');
      expect(await caller.auditSince(rows)).toMatchObject([{ operation: 'record.create', refused: 'origin' }]);
      expect(await storedRecords(world)).toBe(before);
      expect(await caller.record(token)).toMatchObject({ status: 201 });
    });
  }

  test('A89 a form of another page cannot post to it', async ({ page, world }) => {
    const caller = new VaultCaller(world);
    world.hosts.serve('/form', {
      body: `<form method="post" enctype="text/plain" action="${world.vaultUrl}/v1/records"><input name="a" value="b"></form>`,
    });
    await new BenchPage(page, world).open('/form', world.hosts.origin('evil'));
    const rows = await caller.auditLength();
    const [response] = await Promise.all([
      page.waitForResponse(`${world.vaultUrl}/v1/records`),
      page.evaluate(() => {
        document.querySelector('form')?.submit();
      }),
    ]);
    expect(response.status()).toBe(403);
    expect(await caller.auditSince(rows)).toMatchObject([{ operation: 'record.create', refused: 'origin' }]);
  });

  test('A89 a name that somebody points at our address is not ours', async ({ world }) => {
    const caller = new VaultCaller(world);
    const token = await caller.collectSession();
    for (const host of ['evil.localhost', `127.0.0.1:${String(world.vaultPort)}`, `vault.localhost`]) {
      expect(await caller.record(token, { headers: { host } })).toMatchObject({ status: 403 });
      expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'host' });
    }
    expect(await caller.record(token)).toMatchObject({ status: 201 });
  });
});

test.describe('a service credential in a browser', () => {
  const grant = (world: World): string => {
    const { thumbprint } = new VaultCaller(world).key;
    return JSON.stringify({ thumbprint, grant: { purpose: 'collect', collection: 'cards', origin: world.shop } });
  };
  const BROWSERS: readonly (readonly [string, (world: World) => Readonly<Record<string, string>>])[] = [
    ['of the shop', ({ shop }) => ({ origin: shop })],
    ['of the frames', ({ elements }) => ({ origin: elements })],
    ['of a page without origin', () => ({ origin: 'null' })],
    ['that says so without an origin', () => ({ 'sec-fetch-site': 'none' })],
  ];
  for (const [title, headersOf] of BROWSERS) {
    test(`A88 A89 is refused and audited: a request ${title}`, async ({ world }) => {
      const caller = new VaultCaller(world);
      const authorization = `Bearer ${world.credential}`;
      const send = (headers: Readonly<Record<string, string>>) =>
        post(world.vaultPort, '/v1/sessions', { headers: { authorization, ...headers }, body: grant(world) });
      const answer = await send(headersOf(world));
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(await caller.lastAudit()).toMatchObject({ operation: 'session.create', refused: 'browser' });
      expect((await send({})).status).toBe(201);
    });
  }

  test('A88 a page that was given one by mistake gets no session for it', async ({ page, world }) => {
    world.hosts.serve('/blank', { body: '<!doctype html><title>blank</title>' });
    await new BenchPage(page, world).open('/blank');
    const outcome = await page.evaluate(
      async ({ url, credential, body }) => {
        const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
        return fetch(url, { method: 'POST', headers, body }).then(({ status }) => String(status), String);
      },
      { url: `${world.vaultUrl}/v1/sessions`, credential: world.credential, body: grant(world) },
    );
    expect(outcome).toBe('TypeError: Failed to fetch');
  });
});
