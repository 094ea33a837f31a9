import { randomUUID } from 'node:crypto';
import { VAULT_ROUTES, decode, problem, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { CARD, ELEMENTS, HOST, openTestVault, type Call, type TestVault } from '../test-support/test-vault.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST } as const satisfies Grant;

let vault: TestVault;
beforeEach(async () => {
  vault = await openTestVault();
});
afterEach(() => vault.vault.close());

const BROWSER_ROUTES = [VAULT_ROUTES.records, VAULT_ROUTES.reveal];
const FOREIGN = [
  'null',
  HOST,
  'https://evil.example',
  `${ELEMENTS}.evil.example`,
  `${ELEMENTS}:8443`,
  ELEMENTS.replace('https', 'http'),
  ELEMENTS.toUpperCase(),
  `${ELEMENTS}/`,
  '',
];

describe('origins', () => {
  it.each(BROWSER_ROUTES)('A88 %s answers the preflight of the elements origin, without credentials', async (path) => {
    const answer = await vault.call({
      path,
      method: 'OPTIONS',
      headers: { origin: ELEMENTS, 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ELEMENTS,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, dpop, idempotency-key',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each(BROWSER_ROUTES.flatMap((path) => FOREIGN.map((origin) => [path, origin])))(
    'A88 %s refuses the origin %j and names none',
    async (path, origin) => {
      for (const method of ['OPTIONS', 'POST'] as const) {
        const headers = { origin, 'access-control-request-method': 'POST' };
        const answer = await vault.call({ path, method, headers, ...(method === 'POST' ? { body: {} } : {}) });
        expect(answer.status).toBe(403);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        expect(answer.headers['vary']).toBe('Origin');
      }
      expect((await vault.audited()).at(-1)).toContain(' origin');
    },
  );

  it('A88 lets the coordinator read why it was refused', async () => {
    const answer = await vault.call({ path: VAULT_ROUTES.reveal, headers: { origin: ELEMENTS }, body: {} });
    expect(answer.status).toBe(401);
    expect(answer.headers['access-control-allow-origin']).toBe(ELEMENTS);
  });

  it('tells a coordinator with a wrong clock what time it is', async () => {
    vault.advance(5000);
    const answer = await vault.call({ path: VAULT_ROUTES.reveal, headers: { origin: ELEMENTS }, body: {} });
    expect(answer.headers['date']).toBe(new Date(vault.now).toUTCString());
    expect(answer.headers['access-control-expose-headers']).toBe('date, retry-after, x-request-id');
  });

  it.each([{ origin: ELEMENTS }, { origin: HOST }, { origin: 'null' }, { 'sec-fetch-site': 'same-origin' }])(
    'A89 refuses a browser that mints sessions: %j',
    async (headers) => {
      const answer = await vault.call({
        path: VAULT_ROUTES.sessions,
        headers: { authorization: `Bearer ${vault.credential}`, ...headers },
        body: { thumbprint: key.thumbprint, grant: collect },
      });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect((await vault.audited()).at(-1)).toBe('session.create browser');
    },
  );

  it.each(['evil.example', 'vault.shop.example.evil.example', '127.0.0.1:80', 'vault.shop.example:444', ''])(
    'A89 refuses the Host %j',
    async (host) => {
      expect((await vault.call({ path: VAULT_ROUTES.health, method: 'GET', headers: { host } })).status).toBe(403);
    },
  );

  it('A89 takes the Host headers that are allowed besides', async () => {
    const more = await openTestVault({ allowedHosts: ['127.0.0.1:4102'] });
    const call: Call = { path: VAULT_ROUTES.health, method: 'GET', headers: { host: '127.0.0.1:4102' } };
    expect((await more.call(call)).status).toBe(200);
    await more.vault.close();
  });
});

const EVERY: readonly Call[] = [
  { path: VAULT_ROUTES.health, method: 'GET' },
  { path: VAULT_ROUTES.openapi, method: 'GET' },
  { path: '/nothing', method: 'GET' },
  { path: VAULT_ROUTES.sessions, body: {} },
  { path: VAULT_ROUTES.reveal, body: '{' },
  {
    path: VAULT_ROUTES.records,
    method: 'OPTIONS',
    headers: { origin: ELEMENTS, 'access-control-request-method': 'POST' },
  },
  { path: VAULT_ROUTES.records, headers: { host: 'evil.example' }, body: {} },
];

describe('headers', () => {
  it.each(EVERY)('of the answer to $method $path make it data that nobody keeps', async (call) => {
    const { headers } = await vault.call(call);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/u);
    for (const name of ['server', 'x-powered-by', 'set-cookie', 'etag']) expect(headers).not.toHaveProperty(name);
  });

  it('a request id comes from the vault, never from the caller', async () => {
    const headers = { 'x-request-id': 'mine', 'request-id': 'mine' };
    expect((await vault.call({ path: VAULT_ROUTES.health, method: 'GET', headers })).headers['x-request-id']).not.toBe(
      'mine',
    );
  });
});

describe('bodies', () => {
  const send = async (body: string, headers: Readonly<Record<string, string>> = {}) =>
    vault.withSession({
      path: VAULT_ROUTES.records,
      session: await vault.session(key, collect),
      key,
      body,
      headers: { 'idempotency-key': randomUUID(), ...headers },
    });
  const good = JSON.stringify({ collection: 'cards', origin: HOST, values: CARD });

  it.each([
    ['a duplicate key', good.replace('{', '{"collection":"people",')],
    ['__proto__', good.replace('{', '{"__proto__":{"values":{}},')],
    ['a lone surrogate', good.replace('Zoë', '\\ud800')],
    ['depth', `${'['.repeat(9)}${']'.repeat(9)}`],
    ['something that is not JSON', `${good}x`],
    ['nothing at all', ''],
  ])('A85 are refused for %s', async (_title, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('4242');
    expect((await vault.audited()).at(-1)).toBe('record.create body');
  });

  it('A85 are refused beyond 64 KiB', async () => {
    expect((await send(`${good}${' '.repeat(65_536)}`)).status).toBe(413);
    expect((await vault.audited()).at(-1)).toBe('record.create size');
    expect((await send(`${good}${' '.repeat(60_000)}`)).status).toBe(201);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/json',
  ])('A89 are refused as %s', async (type) => {
    const answer = await send(good, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect((await vault.audited()).at(-1)).toBe('record.create media-type');
  });

  it('are taken with a charset', async () => {
    expect((await send(good, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(201);
  });
});

describe('problems', () => {
  it.each(EVERY.filter(({ path, method }) => method !== 'OPTIONS' && !['/healthz', '/openapi.json'].includes(path)))(
    'are of the contract, with the id of the request: $path',
    async (call) => {
      const answer = await vault.call(call);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      const decoded = decode(problem, answer.json);
      expect(decoded.ok && decoded.value.instance).toBe(answer.headers['x-request-id']);
      expect(decoded.ok && decoded.value.status).toBe(answer.status);
    },
  );

  it('A90 never repeat the input', async () => {
    const session = await vault.session(key, collect);
    const canary = 'canary-4111111111111111';
    const bodies = [
      { [canary]: canary },
      { collection: canary, origin: HOST, values: CARD },
      { collection: 'cards', origin: canary, values: CARD },
      { collection: 'cards', origin: HOST, values: { [canary]: canary } },
      { collection: 'cards', origin: HOST, values: { ...CARD, number: canary } },
    ];
    for (const body of bodies) {
      const headers = { 'idempotency-key': randomUUID() };
      const answer = await vault.withSession({ path: VAULT_ROUTES.records, session, key, body, headers });
      expect(answer.status).toBeGreaterThanOrEqual(403);
      expect(answer.text).not.toContain('canary');
      expect(answer.text).not.toContain('4111');
    }
  });

  it.each<Call>([
    { path: '/', method: 'GET' },
    { path: '/v1', method: 'GET' },
    { path: '/v1/records', method: 'GET' },
    { path: '/v1/records/', method: 'POST', body: {} },
    { path: '/v1/records', method: 'PUT', body: {} },
    { path: '/v1/records', method: 'DELETE' },
    { path: '/v1/sessions', method: 'OPTIONS' },
    { path: '/V1/records', method: 'POST', body: {} },
    { path: '/v1//records', method: 'POST', body: {} },
    { path: '/healthz/..%2f..%2fetc/passwd', method: 'GET' },
    { path: '/%00', method: 'GET' },
    { path: '/%', method: 'GET' },
  ])('A73 are the same for every route that does not exist: $method $path', async (call) => {
    const answer = await vault.call(call);
    expect(answer.json).toEqual({
      instance: answer.headers['x-request-id'],
      type: 'https://github.com/cloister-js/cloister/blob/main/docs/errors.md#vault-not-found',
      title: 'No such thing.',
      status: 404,
      code: 'not-found',
    });
  });
});
