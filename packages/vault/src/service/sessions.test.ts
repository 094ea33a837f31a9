import { VAULT_ROUTES, decode, sessionResponse, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { HOST, openTestVault, type TestVault } from '../test-support/test-vault.js';
import { verifierOf } from './service-credential.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST } as const satisfies Grant;

let vault: TestVault;
beforeEach(async () => {
  vault = await openTestVault();
});
afterEach(() => vault.vault.close());

describe('minting a session', () => {
  it('gives an opaque token that ends after the granted minutes', async () => {
    const answer = await vault.requestSession(key, { ...collect, minutes: 5 });
    expect(answer.status).toBe(201);
    const decoded = decode(sessionResponse, answer.json);
    if (!decoded.ok) throw new Error('not of the contract');
    expect(decoded.value.token).toMatch(/^cls_[\w-]{43}$/u);
    expect(decoded.value.expires).toBe(new Date(vault.now + 300_000).toISOString());
  });

  it.each<[string, unknown, number, string]>([
    ['an unknown collection', { ...collect, collection: 'nothing' }, 422, 'grant-collection'],
    ['a collection named like an inherited property', { ...collect, collection: 'toString' }, 422, 'grant-collection'],
    ['an origin that is not a host', { ...collect, origin: 'https://evil.example' }, 403, 'grant-origin'],
    ['the elements origin', { ...collect, origin: 'https://elements.shop.example' }, 403, 'grant-origin'],
    ['a null origin', { ...collect, origin: 'null' }, 422, 'body'],
    ['16 minutes', { ...collect, minutes: 16 }, 422, 'body'],
    ['0 uses', { ...collect, uses: 0 }, 422, 'body'],
    ['101 uses', { ...collect, uses: 101 }, 422, 'body'],
    ['an unknown key', { ...collect, tenant: 'other' }, 422, 'body'],
    ['no tokens to reveal', { purpose: 'reveal', tokens: [], origin: HOST }, 422, 'body'],
    ['another purpose', { ...collect, purpose: 'admin' }, 422, 'body'],
  ])('A74 refuses and audits a grant with %s', async (_title, grant, status, reason) => {
    const answer = await vault.call({
      path: VAULT_ROUTES.sessions,
      headers: { authorization: `Bearer ${vault.credential}` },
      body: { thumbprint: key.thumbprint, grant },
    });
    expect(answer.status).toBe(status);
    expect((await vault.audited()).at(-1)).toBe(`session.create ${reason}`);
  });

  it('notes who asked for what, and why, in the audit log', async () => {
    const token = crypto.randomUUID();
    await vault.requestSession(key, { purpose: 'reveal', tokens: [token], origin: HOST, reason: 'order 17' });
    const body = (await vault.vault.audit.rows()).at(-1)?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({
      actor: { app_name: 'shop' },
      unmapped: { purpose: 'reveal', reason: 'order 17', redaction: 'masked', thumbprint: key.thumbprint },
    });
    expect(body).not.toContain(token);
  });
});

describe('service credentials', () => {
  const withCredential = (authorization: string) =>
    vault.call({
      path: VAULT_ROUTES.sessions,
      headers: authorization === '' ? {} : { authorization },
      body: { thumbprint: key.thumbprint, grant: collect },
    });

  it.each<[string, (credential: string) => string]>([
    ['nothing', () => ''],
    ['no scheme', (credential) => credential],
    ['another scheme', (credential) => `DPoP ${credential}`],
    ['a typing mistake', (credential) => `Bearer ${credential.slice(0, -1)}${credential.endsWith('A') ? 'B' : 'A'}`],
    ['a well-formed stranger', () => 'Bearer clsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a wildcard', () => 'Bearer clsk_%'],
    ['SQL', () => "Bearer clsk_' OR 1=1 --"],
  ])('A84 refuses %s and says no more than that', async (_title, make) => {
    const answer = await withCredential(make(vault.credential));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json).toMatchObject({ code: 'unauthorized' });
    expect((await vault.audited()).at(-1)).toBe('session.create credential');
  });

  it('end on their day', async () => {
    vault.advance(30 * 86_400_000 - 1);
    expect((await withCredential(`Bearer ${vault.credential}`)).status).toBe(201);
    vault.advance(1);
    expect((await withCredential(`Bearer ${vault.credential}`)).status).toBe(401);
  });

  it.each([
    [{ name: 'shop', days: 0 }],
    [{ name: 'shop', days: 366 }],
    [{ name: 'shop', days: 1.5 }],
    [{ name: '', days: 1 }],
    [{ name: 'a b', days: 1 }],
  ])('are never made for %j', async (account) => {
    await expect(vault.vault.credentials.create(account)).rejects.toThrow(TypeError);
  });

  it('carry a checksum, so that mistakes are known without the database', () => {
    expect(verifierOf(vault.credential)?.length).toBe(32);
    expect(verifierOf(vault.credential.replace('clsk_', 'clsk-'))).toBeUndefined();
    expect(verifierOf(`${vault.credential}A`)).toBeUndefined();
  });

  it('A75 a service credential opens no route of sessions, and a session none of backends', async () => {
    const session = await vault.session(key, collect);
    const asService = await vault.call({
      path: VAULT_ROUTES.sessions,
      headers: { authorization: `Bearer ${session}` },
      body: { thumbprint: key.thumbprint, grant: collect },
    });
    expect(asService.status).toBe(401);
    expect((await vault.record({ session: vault.credential, key })).status).toBe(401);
  });
});
