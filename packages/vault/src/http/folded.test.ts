import { randomUUID } from 'node:crypto';
import { FOLDED_TYPE, VAULT_ROUTES, decode, recordResponse, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProof, testKey } from '../test-support/proof.js';
import {
  CARD,
  ELEMENTS,
  FORMS,
  HOST,
  VAULT,
  folded,
  openTestVault,
  type Answer,
  type Form,
  type TestVault,
} from '../test-support/test-vault.js';

const key = testKey();
const stranger = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 50 } as const satisfies Grant;
const request = { collection: 'cards', origin: HOST, values: CARD };

let vault: TestVault;
let session: string;
beforeEach(async () => {
  vault = await openTestVault();
  session = await vault.session(key, collect);
});
afterEach(() => vault.vault.close());

const prove = (payload: Readonly<Record<string, unknown>> = {}, by = key): string =>
  makeProof({ key: by, token: session, url: `${VAULT}${VAULT_ROUTES.records}`, now: vault.now, payload });

/** What an honest coordinator says beside its request. */
const honest = (): Readonly<Record<string, string>> => ({
  origin: ELEMENTS,
  authorization: `DPoP ${session}`,
  dpop: prove(),
  'idempotency-key': randomUUID(),
});

const post = (headers: Readonly<Record<string, string>>, body: unknown, form: Form): Promise<Answer> =>
  vault.call({ path: VAULT_ROUTES.records, ...(form === 'folded' ? folded(headers, body) : { headers, body }) });

/** Sends a text as a folded request. */
const postText = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  vault.call({
    path: VAULT_ROUTES.records,
    body,
    headers: { origin: ELEMENTS, 'content-type': FOLDED_TYPE, ...headers },
  });

const goodText = (): string => String(folded(honest(), request).body);

/** All that the caller and the log hear of a refusal. */
const words = async ({ status, json, headers }: Answer): Promise<unknown> => ({
  status,
  words: { ...Object(json), instance: '' },
  allowed: headers['access-control-allow-origin'],
  challenge: headers['www-authenticate'],
  audited: (await vault.audited()).at(-1),
});

describe('a folded request', () => {
  it('stores, and shows again, what one with headers does', async () => {
    const stored = decode(recordResponse, (await vault.record({ session, key, form: 'folded' })).json);
    const tokens = stored.ok ? Object.values(stored.value.tokens) : [];
    expect(tokens).toHaveLength(4);
    const grant: Grant = { purpose: 'reveal', tokens, origin: HOST, redaction: 'plain' };
    const shown = await vault.withSession({
      path: VAULT_ROUTES.reveal,
      session: await vault.session(key, grant),
      key,
      body: { origin: HOST, tokens },
      form: 'folded',
    });
    expect(shown).toMatchObject({ status: 200, json: { values: [{ value: CARD.number }, {}, {}, {}] } });
  });

  it('A81 has the idempotency of the other form: one key, either form, one record', async () => {
    const idempotencyKey = randomUUID();
    const answers: Answer[] = [];
    for (const form of FORMS) answers.push(await vault.record({ session, key, idempotencyKey, form }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.json).toEqual(answers[1]?.json);
    expect((await vault.audited()).slice(-2)).toEqual(['record.create', 'record.replay']);
    const other = { session, key, idempotencyKey, values: { ...CARD, cvc: '740' }, form: 'folded' } as const;
    expect((await vault.record(other)).status).toBe(409);
  });

  it('A75 uses its proof up for either form', async () => {
    const headers = honest();
    expect((await post(headers, request, 'folded')).status).toBe(201);
    for (const form of FORMS) {
      expect((await post(headers, request, form)).status).toBe(401);
      expect((await vault.audited()).at(-1)).toBe('record.create proof-replayed');
    }
  });

  it('A88 is answered to the elements origin alone, without credentials and cookies', async () => {
    const { status, headers } = await post(honest(), request, 'folded');
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'access-control-allow-origin': ELEMENTS, vary: 'Origin' });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(headers).not.toHaveProperty('set-cookie');
  });
});

/** One thing wrong with an otherwise honest request. */
interface Wrong {
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly without?: string;
  readonly body?: unknown;
  readonly audited: string;
}

const WRONG: Readonly<Record<string, Wrong>> = {
  'A74 no session': { without: 'authorization', audited: 'session' },
  'A74 a credential of a backend': {
    headers: () => ({ authorization: `Bearer ${vault.credential}` }),
    audited: 'session',
  },
  'A75 a session that never was': {
    headers: () => ({ authorization: `DPoP cls_${'A'.repeat(43)}` }),
    audited: 'session',
  },
  'A75 two credentials in one header': {
    headers: () => ({ authorization: `DPoP ${session} ${session}` }),
    audited: 'session',
  },
  'A75 no proof': { without: 'dpop', audited: 'proof-malformed' },
  'A75 a proof that is none': { headers: () => ({ dpop: 'a.b.c' }), audited: 'proof-malformed' },
  'A75 a proof by another key': { headers: () => ({ dpop: prove({}, stranger) }), audited: 'proof-key' },
  'A75 a proof for another address': {
    headers: () => ({ dpop: prove({ htu: `${VAULT}${VAULT_ROUTES.reveal}` }) }),
    audited: 'proof-target',
  },
  'A75 a proof for another token': {
    headers: () => ({ dpop: prove({ ath: 'A'.repeat(43) }) }),
    audited: 'proof-token',
  },
  'A76 a proof of long ago': {
    headers: () => ({ dpop: prove({ iat: vault.now / 1000 - 61 }) }),
    audited: 'proof-time',
  },
  'A81 no idempotency key': { without: 'idempotency-key', audited: 'header' },
  'A81 an idempotency key that is no UUID': {
    headers: () => ({ 'idempotency-key': 'again' }),
    audited: 'header',
  },
  'A74 another collection': { body: { ...request, collection: 'people' }, audited: 'grant-collection' },
  'A74 another page': { body: { ...request, origin: 'https://other.example' }, audited: 'grant-origin' },
  'A85 a key that nobody knows': { body: { ...request, more: 1 }, audited: 'body' },
  'A85 a list': { body: [], audited: 'body' },
  'A85 nothing': { body: null, audited: 'body' },
  'A85 more than 64 KiB': { body: { ...request, more: 'x'.repeat(70_000) }, audited: 'size' },
  'A88 another origin': { headers: () => ({ origin: HOST }), audited: 'origin' },
  'A89 another host': { headers: () => ({ host: 'evil.example' }), audited: 'host' },
};

describe('what is wrong with a request', () => {
  it.each(Object.entries(WRONG))('%s: both forms are refused in the same words', async (_, wrong) => {
    vault.advance(120_000);
    const said: unknown[] = [];
    for (const form of FORMS) {
      const headers: Record<string, string> = { ...honest(), ...wrong.headers?.() };
      if (wrong.without !== undefined) Reflect.deleteProperty(headers, wrong.without);
      said.push(await words(await post(headers, 'body' in wrong ? wrong.body : request, form)));
    }
    expect(said[0]).toMatchObject({ audited: `record.create ${wrong.audited}` });
    // A text without the two members is not a folded request at all; a request without the two headers is nobody's.
    if (wrong.without === 'authorization' || wrong.without === 'dpop')
      expect(said[1]).toMatchObject({ status: 415, audited: 'record.create media-type' });
    else expect(said[1]).toEqual(said[0]);
  });
});

describe('texts that are no folded request', () => {
  const stays = async (answer: Answer, status: number, audited: string): Promise<void> => {
    expect(answer.status, answer.text).toBe(status);
    expect(answer.text).not.toContain('4242');
    expect((await vault.audited()).at(-1)).toBe(`record.create ${audited}`);
  };

  it.each<readonly [string, () => Readonly<Record<string, string>>]>([
    ['a session', () => ({ authorization: `DPoP ${session}` })],
    ['a proof', () => ({ dpop: prove() })],
    ['an idempotency key', () => ({ 'idempotency-key': randomUUID() })],
    ['an empty session', () => ({ authorization: '' })],
  ])('A89 both forms at once: with %s in a header, too', async (_, headers) => {
    await stays(await postText(goodText(), headers()), 415, 'media-type');
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['no origin', {}],
    ['an opaque origin', { origin: 'null' }],
    ['the shop', { origin: HOST }],
    ['another page', { origin: 'https://evil.example' }],
  ])('A88 A89 from %s: refused, however right the rest is', async (_, headers) => {
    const body = goodText();
    const path = VAULT_ROUTES.records;
    const answer = await vault.call({ path, body, headers: { 'content-type': FOLDED_TYPE, ...headers } });
    await stays(answer, 403, 'origin');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect((await postText(body)).status).toBe(201);
  });

  it('A89 what a form can write (a name, =, a value) is JSON, and nothing without the elements origin', async () => {
    const [before = '', after = ''] = goodText().split('"collection"');
    const written = `${before}"x":"=","collection"${after}\r\n`;
    const headers = { 'content-type': 'text/plain' };
    for (const origin of ['null', 'https://evil.example'])
      await stays(await postText(written, { ...headers, origin }), 403, 'origin');
    // From the elements origin it is a request that does not fit its contract.
    await stays(await postText(written, headers), 422, 'body');
  });

  it.each<readonly [string, (good: string) => string]>([
    ['a session twice', (good) => good.replace('{', '{"authorization":"DPoP a",')],
    ['a proof twice, once in escapes', (good) => good.replace('{', '{"\\u0064pop":"a.b.c",')],
    ['a request twice', (good) => good.replace('{', '{"request":{},')],
    ['a value twice', (good) => good.replace('"values":{', '"values":{"cvc":"111",')],
    ['__proto__', (good) => good.replace('{', '{"__proto__":{"request":{}},')],
    ['a lone surrogate', (good) => good.replace('Zoë', '\\ud800')],
    ['depth', (good) => good.replace('"collection"', `"deep":${'['.repeat(9)}${']'.repeat(9)},"collection"`)],
    ['something after it', (good) => `${good}{}`],
    ['nothing at all', () => ''],
    ['a query', () => 'authorization=DPoP&dpop=a'],
  ])('A85 %s makes it a text, and texts are not taken', async (_, change) => {
    await stays(await postText(change(goodText())), 415, 'media-type');
  });

  it.each<readonly [string, unknown]>([
    ['a request without what authorises it', request],
    ['members that nobody knows', { ...JSON.parse('{"authorization":"DPoP a","dpop":"b"}'), request, more: 1 }],
    ['a session that is a list', { authorization: ['DPoP a'], dpop: 'b', request }],
    ['a proof that is nothing', { authorization: 'DPoP a', dpop: null, request }],
    ['a request that only a prototype has', { authorization: 'DPoP a', dpop: 'b' }],
    ['a list', []],
    ['a text', 'DPoP'],
    ['nothing', null],
    ['a header that is too long', { authorization: 'x'.repeat(8193), dpop: 'b', request }],
    ['another header', { authorization: 'DPoP a', dpop: 'b', origin: ELEMENTS, request }],
    ['a host of its own', { authorization: 'DPoP a', dpop: 'b', host: 'vault.shop.example', request }],
  ])('A85 A89 %s is a text, and texts are not taken', async (_, body) => {
    await stays(await postText(JSON.stringify(body)), 415, 'media-type');
  });

  it.each(['text/plainx', 'text/html', 'text/plain+json', 'text', '/', 'application/x-www-form-urlencoded'])(
    'A89 a folded request as %s is not taken',
    async (type) => {
      await stays(await postText(goodText(), { 'content-type': type }), 415, 'media-type');
    },
  );

  it('A85 A89 a folded request as JSON is a request that fits no contract, and nobody’s', async () => {
    const json = { 'content-type': 'application/json' };
    await stays(await postText(goodText(), json), 401, 'session');
    await stays(await postText(goodText(), { ...json, ...honest() }), 422, 'body');
  });
});

describe('routes that no coordinator calls', () => {
  it('A74 A89 take no text, whatever it holds', async () => {
    const body = JSON.stringify({
      authorization: `Bearer ${vault.credential}`,
      dpop: prove(),
      request: { thumbprint: key.thumbprint, grant: collect },
    });
    const answer = await vault.call({ path: VAULT_ROUTES.sessions, body, headers: { 'content-type': FOLDED_TYPE } });
    expect(answer.status).toBe(415);
    expect((await vault.audited()).at(-1)).toBe('session.create media-type');
  });

  it('A73 and routes that do not exist are what they were', async () => {
    const ask = async (type: string): Promise<Answer> =>
      vault.call({ path: '/v1/nothing', body: goodText(), headers: { 'content-type': type } });
    const [text, other] = [await ask(FOLDED_TYPE), await ask('text/html')];
    expect(await words(text)).toEqual(await words(other));
    expect(text.status).toBe(404);
  });
});
