import { generateKeyPairSync, createHmac } from 'node:crypto';
import { VAULT_ROUTES } from '@cloister/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thumbprintOf } from '../crypto/thumbprint.js';
import { makeProof, signJws, testKey } from '../test-support/proof.js';
import { CARD, ELEMENTS, HOST, START, VAULT, openTestVault, type TestVault } from '../test-support/test-vault.js';
import { checkProof } from './dpop.js';

const key = testKey();
const other = testKey();
const url = `${VAULT}${VAULT_ROUTES.records}`;
const seconds = START / 1000;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let vault: TestVault;
let session: string;
beforeAll(async () => {
  vault = await openTestVault({ limits: { perThumbprint: 1000, refusalRows: 1000 } });
  vault.advance(120_000);
  session = await vault.session(key, { purpose: 'collect', collection: 'cards', origin: HOST, uses: 50 });
});
afterAll(() => vault.vault.close());

const good = (extra: Partial<Parameters<typeof makeProof>[0]> = {}): string =>
  makeProof({ key, token: session, url, now: vault.now, ...extra });

const send = (proof: string, headers: Readonly<Record<string, string>> = {}) =>
  vault.call({
    path: VAULT_ROUTES.records,
    headers: {
      origin: ELEMENTS,
      authorization: `DPoP ${session}`,
      dpop: proof,
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
    body: { collection: 'cards', origin: HOST, values: CARD },
  });

const part = (index: number): string => good().split('.')[index] ?? '';
const { d: secretNumber } = key.privateKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });

/** Every way in which a proof can differ from a good one, and what the audit log says about it. */
const DEVIATIONS: readonly [title: string, make: () => string, reason: string][] = [
  ['no proof', () => '', 'proof-malformed'],
  ['not a JWS', () => 'proof', 'proof-malformed'],
  ['two parts', () => good().split('.').slice(0, 2).join('.'), 'proof-malformed'],
  ['four parts', () => `${good()}.${part(2)}`, 'proof-malformed'],
  ['five parts (JWE)', () => `${good()}.a.b`, 'proof-malformed'],
  ['an empty signature', () => `${part(0)}.${part(1)}.`, 'proof-malformed'],
  ['two proofs in one header', () => `${good()}, ${good()}`, 'proof-malformed'],
  ['a proof of 2 049 characters', () => good({ payload: { jti: 'a'.repeat(1400) } }), 'proof-malformed'],
  ['padding', () => `${good()}=`, 'proof-malformed'],
  ['white space', () => good().replace('.', ' .'), 'proof-malformed'],
  ['JSON serialisation', () => JSON.stringify({ payload: part(1), signatures: [] }), 'proof-malformed'],
  ['typ jwt', () => good({ header: { typ: 'JWT' } }), 'proof-malformed'],
  ['no typ', () => good({ header: { typ: undefined } }), 'proof-malformed'],
  ['typ with a media type prefix', () => good({ header: { typ: 'application/dpop+jwt' } }), 'proof-malformed'],
  ['alg none', () => good({ header: { alg: 'none' } }), 'proof-malformed'],
  [
    'alg none without signature',
    () => `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: key.jwk })}.${part(1)}.`,
    'proof-malformed',
  ],
  [
    'alg HS256 keyed with the public key',
    () => {
      const head = encode({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.jwk });
      const signed = `${head}.${part(1)}`;
      return `${signed}.${createHmac('sha256', JSON.stringify(key.jwk)).update(signed).digest('base64url')}`;
    },
    'proof-malformed',
  ],
  ['alg es256 in small letters', () => good({ header: { alg: 'es256' } }), 'proof-malformed'],
  [
    'alg ES384',
    () => good({ header: { alg: 'ES384', jwk: p384.publicKey.export({ format: 'jwk' }) } }),
    'proof-malformed',
  ],
  ['an RSA key', () => good({ header: { jwk: rsa.publicKey.export({ format: 'jwk' }) } }), 'proof-malformed'],
  ['no key', () => good({ header: { jwk: undefined } }), 'proof-malformed'],
  ['a private key', () => good({ header: { jwk: { ...key.jwk, d: secretNumber } } }), 'proof-malformed'],
  ['a key with key_ops', () => good({ header: { jwk: { ...key.jwk, key_ops: ['verify'] } } }), 'proof-malformed'],
  ['kid', () => good({ header: { kid: '../../etc/passwd' } }), 'proof-malformed'],
  ['jku', () => good({ header: { jku: 'https://evil.example/keys' } }), 'proof-malformed'],
  ['x5u', () => good({ header: { x5u: 'https://evil.example/cert' } }), 'proof-malformed'],
  ['x5c', () => good({ header: { x5c: [] } }), 'proof-malformed'],
  ['crit', () => good({ header: { crit: ['exp'] } }), 'proof-malformed'],
  ['b64', () => good({ header: { b64: false, crit: ['b64'] } }), 'proof-malformed'],
  ['zip', () => good({ header: { zip: 'DEF' } }), 'proof-malformed'],
  [
    'a claim twice',
    () => {
      const body = Buffer.from(`{"jti":"aaaaaaaaaaaaaaaaaaaa","jti":"bbbbbbbbbbbbbbbbbbbb"}`).toString('base64url');
      return signJws(part(0), body, key.privateKey);
    },
    'proof-malformed',
  ],
  ['an unknown claim', () => good({ payload: { aud: 'x' } }), 'proof-malformed'],
  ['no jti', () => good({ payload: { jti: undefined } }), 'proof-malformed'],
  ['a short jti', () => good({ payload: { jti: 'short' } }), 'proof-malformed'],
  ['iat as text', () => good({ payload: { iat: String(seconds) } }), 'proof-malformed'],
  ['iat with a fraction', () => good({ payload: { iat: seconds + 0.5 } }), 'proof-malformed'],
  ['no ath', () => good({ payload: { ath: undefined } }), 'proof-malformed'],
  ['another method', () => good({ payload: { htm: 'GET' } }), 'proof-target'],
  ['the method in small letters', () => good({ payload: { htm: 'post' } }), 'proof-target'],
  ['another route', () => good({ url: `${VAULT}${VAULT_ROUTES.reveal}` }), 'proof-target'],
  ['another origin', () => good({ url: `https://evil.example${VAULT_ROUTES.records}` }), 'proof-target'],
  ['a query', () => good({ url: `${url}?x=1` }), 'proof-target'],
  ['plain http', () => good({ url: url.replace('https', 'http') }), 'proof-target'],
  ['a slash at the end', () => good({ url: `${url}/` }), 'proof-target'],
  ['another token', () => good({ token: 'cls_another' }), 'proof-token'],
  ['61 s old', () => good({ now: vault.now - 61_000 }), 'proof-time'],
  ['3 s ahead', () => good({ now: vault.now + 3000 }), 'proof-time'],
  ['iat in milliseconds', () => good({ payload: { iat: 9_999_999_999 } }), 'proof-time'],
  ['iat 0', () => good({ payload: { iat: 0 } }), 'proof-time'],
  ['another key', () => good({ key: other }), 'proof-key'],
  ['our key named, another key signing', () => good({ key: { ...other, jwk: key.jwk } }), 'proof-signature'],
  [
    'a changed payload',
    () => `${part(0)}.${good({ payload: { htm: 'POST' } }).split('.')[1] ?? ''}.${part(2)}`,
    'proof-signature',
  ],
  ['a signature of zeros', () => `${part(0)}.${part(1)}.${Buffer.alloc(64).toString('base64url')}`, 'proof-signature'],
  ['a DER signature', () => `${part(0)}.${part(1)}.${Buffer.alloc(70, 48).toString('base64url')}`, 'proof-malformed'],
];

describe('proof of possession', () => {
  it('takes a good proof, also one of 60 s ago and one of 2 s ahead', async () => {
    expect((await send(good())).status).toBe(201);
    expect((await send(good({ now: vault.now - 60_000 }))).status).toBe(201);
    expect((await send(good({ now: vault.now + 2000 }))).status).toBe(201);
  });

  it.each(DEVIATIONS)('A75 A76 refuses and audits %s', async (_title, make, reason) => {
    const answer = await send(make());
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('DPoP algs="ES256"');
    expect(answer.json).toMatchObject({ code: 'unauthorized' });
    expect((await vault.audited()).at(-1)).toBe(`record.create ${reason}`);
  });

  it('A75 refuses a proof that was used', async () => {
    const proof = good();
    expect((await send(proof)).status).toBe(201);
    expect((await send(proof)).status).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create proof-replayed');
  });

  it('A75 refuses a proof from before the vault started, which may have been used there', () => {
    const target = { method: 'POST', url, token: session, thumbprint: key.thumbprint };
    const proof = good();
    expect(checkProof(proof, target, { now: vault.now, started: START })).toMatchObject({ ok: true });
    expect(checkProof(proof, target, { now: vault.now + 1000, started: vault.now + 1000 })).toEqual({
      ok: false,
      reason: 'proof-time',
    });
  });

  it('refuses a key that is not a point of the curve', () => {
    const jwk = { ...key.jwk, y: Buffer.alloc(32, 1).toString('base64url') };
    const bad = { ...key, jwk };
    const target = { method: 'POST', url, token: session, thumbprint: thumbprintOf(jwk) };
    expect(checkProof(good({ key: bad }), target, { now: vault.now, started: START })).toEqual({
      ok: false,
      reason: 'proof-key',
    });
  });

  it('is total over arbitrary text and arbitrary JSON', () => {
    const target = { method: 'POST', url, token: session, thumbprint: key.thumbprint };
    const time = { now: vault.now, started: START };
    const parts = fc.array(fc.jsonValue().map(encode), { minLength: 3, maxLength: 3 }).map((all) => all.join('.'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), parts), (proof) => {
        expect(checkProof(proof, target, time).ok).toBe(false);
      }),
    );
  });

  it.each([
    ['Bearer', 'bearer instead of DPoP'],
    ['Basic', 'another scheme'],
  ])('refuses a session as %s: %s', async (scheme) => {
    expect((await send(good(), { authorization: `${scheme} ${session}` })).status).toBe(401);
  });
});
