import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { VAULT_ROUTES, decode, recordResponse, type Grant } from '@cloister/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { CARD, ELEMENTS, HOST, openTestVault, type Answer, type TestVault } from '../test-support/test-vault.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'people', origin: HOST, uses: 100 } as const satisfies Grant;

/** What injection scanners try first: quotes, comments, stacked statements, unions, wildcards, time, other encodings. */
const SQL = [
  "' OR '1'='1",
  '" OR ""="',
  "'; DROP TABLE token; --",
  "'; DELETE FROM session WHERE 1=1; --",
  "x' UNION SELECT wrapped FROM record_key --",
  "' AND (SELECT count(*) FROM token) > 0 --",
  "' AND randomblob(300000000) --",
  "'||(SELECT hex(wrapped) FROM record_key LIMIT 1)||'",
  '%',
  '_',
  '*',
  '\\',
  '`id`',
  '[id]',
  '$1',
  '?1',
  ':id',
  '/* */ 1',
  '\u02bc OR 1=1',
  '\uff07 OR 1=1',
  '%27%20OR%201%3D1',
  "ATTACH DATABASE '/tmp/x' AS x",
  'load_extension("x")',
  '1; PRAGMA writable_schema=ON',
];

let vault: TestVault;
let session: string;
let token: string;
beforeAll(async () => {
  vault = await openTestVault({ limits: { perThumbprint: 100_000, perAddress: 1_000_000, perAccount: 100_000 } });
  token = String((await vault.store()).tokens['number']);
  session = await vault.session(key, collect);
});
afterAll(() => vault.vault.close());

const asBackend = (body: unknown, credential = vault.credential): Promise<Answer> =>
  vault.call({ path: VAULT_ROUTES.sessions, headers: { authorization: `Bearer ${credential}` }, body });

const store = (change: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  vault.withSession({
    path: VAULT_ROUTES.records,
    session,
    key,
    body: { collection: 'people', origin: HOST, values: { name: 'Zoë' }, ...change },
    headers: { 'idempotency-key': randomUUID(), ...headers },
  });

const show = (body: object): Promise<Answer> => vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body });

/** Every parameter of every route, with a text in its place. Header values are Latin-1 on the wire. */
const PARAMETERS: Readonly<Record<string, (text: string) => Promise<Answer>>> = {
  'thumbprint of a session': (text) => asBackend({ thumbprint: text, grant: collect }),
  'collection of a grant': (text) => asBackend({ thumbprint: key.thumbprint, grant: { ...collect, collection: text } }),
  'origin of a grant': (text) => asBackend({ thumbprint: key.thumbprint, grant: { ...collect, origin: text } }),
  'uses of a grant': (text) => asBackend({ thumbprint: key.thumbprint, grant: { ...collect, uses: text } }),
  'token of a grant': (text) =>
    asBackend({ thumbprint: key.thumbprint, grant: { purpose: 'reveal', tokens: [text], origin: HOST } }),
  'redaction of a grant': (text) =>
    asBackend({
      thumbprint: key.thumbprint,
      grant: { purpose: 'reveal', tokens: [token], origin: HOST, redaction: text },
    }),
  credential: (text) => asBackend({ thumbprint: key.thumbprint, grant: collect }, `clsk_${encodeURI(text)}`),
  'session id': (text) =>
    vault.call({
      method: 'DELETE',
      path: VAULT_ROUTES.session.replace(':id', encodeURIComponent(text)),
      headers: { authorization: `Bearer ${vault.credential}` },
    }),
  'session token': (text) =>
    vault.withSession({ path: VAULT_ROUTES.records, session: `cls_${encodeURI(text)}`, key, body: {} }),
  'idempotency key': (text) => store({}, { 'idempotency-key': encodeURI(text) }),
  'collection of a record': (text) => store({ collection: text }),
  'origin of a record': (text) => store({ origin: text }),
  'field of a record': (text) => store({ values: { [text]: 'x' } }),
  'token to reveal': (text) => show({ origin: HOST, tokens: [text] }),
  'origin of a reveal': (text) => show({ origin: text, tokens: [token] }),
  'redaction of a reveal': (text) => show({ origin: HOST, tokens: [token], redaction: text }),
  'a query that nobody asked for': (text) =>
    vault.call({ path: `${VAULT_ROUTES.records}?sort=${encodeURIComponent(text)}`, body: {} }),
};

describe('SQL in every parameter', () => {
  it.each(Object.entries(PARAMETERS))('A84 %s is data or refused', async (_name, send) => {
    for (const text of SQL) {
      const answer = await send(text);
      expect(answer.status, text).toBeGreaterThanOrEqual(400);
      expect(answer.status, text).toBeLessThan(500);
      expect(answer.text, text).not.toMatch(/sqlite|syntax|near|table|column|wrapped/iu);
    }
    // Nothing was dropped, deleted or let in.
    expect((await store({})).status).toBe(201);
    expect(await vault.vault.audit.verify()).toMatchObject({ ok: true });
  });

  it('A84 as a value and as a reason it is kept as it was written', async () => {
    const name = "O'Brien' OR '1'--";
    const answer = await store({ values: { name } });
    const decoded = decode(recordResponse, answer.json);
    expect(decoded.ok, answer.text).toBe(true);
    const tokens = decoded.ok ? [String(decoded.value.tokens['name'])] : [];
    const reason = SQL.join(' ').slice(0, 200);
    const grant: Grant = { purpose: 'reveal', tokens, origin: HOST, redaction: 'plain', reason };
    const call = {
      path: VAULT_ROUTES.reveal,
      session: await vault.session(key, grant),
      key,
      body: { origin: HOST, tokens },
    };
    expect((await vault.withSession(call)).json).toMatchObject({ values: [{ value: name }] });
    expect((await vault.vault.audit.rows()).at(-1)?.body).toContain('DROP TABLE token');
    expect(await vault.vault.audit.verify()).toMatchObject({ ok: true });
  });

  it('A84 no statement of the store is put together from parts', () => {
    const folder = new URL('../store/sqlite/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const composed = (text: string): readonly string[] =>
      text.match(/\.(?:prepare|exec)\(\s*(?:`[^`]*\$\{|['"`][^'"`]*['"`]\s*\+)/gu) ?? [];
    expect(composed('database.prepare(`SELECT * FROM token WHERE field = ${field}`)')).toHaveLength(1);
    expect(composed("database.exec('DELETE FROM ' + table)")).toHaveLength(1);
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) expect(composed(readFileSync(new URL(name, folder), 'utf8')), name).toEqual([]);
  });
});

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const text = (json: string): Buffer => Buffer.from(json, 'utf8');

/** Bodies that make parsers slow, big, or wrong. Each is at most as large as the vault takes. */
const BODIES: readonly (readonly [title: string, body: Buffer])[] = [
  ['30 000 nested lists', text('['.repeat(30_000))],
  ['10 000 nested objects', text(nested(10_000).slice(0, 65_000))],
  ['a key 8 000 times', text(`{${'"a":1,'.repeat(8000)}"a":1}`)],
  ['6 000 keys', text(`{${Array.from({ length: 6000 }, (_, at) => `"k${String(at)}":1`).join(',')}}`)],
  ['__proto__', text('{"__proto__":{"collection":"people"}}')],
  ['constructor.prototype', text('{"constructor":{"prototype":{"collection":"people"}}}')],
  ['__proto__ in escapes', text('{"\\u005f_proto__":{}}')],
  ['one key, written in two ways', text('{"collection":"people","\\u0063ollection":"cards"}')],
  ['a lone surrogate', text('{"collection":"\\ud800"}')],
  ['surrogates the wrong way round', text('{"collection":"\\udc00\\ud800"}')],
  ['a NUL', text('{"collection":"people\\u0000"}')],
  ['a raw NUL', text('{"collection":"people\u0000"}')],
  ['UTF-16', Buffer.from('{"collection":"people"}', 'utf16le')],
  ['UTF-8 that is too long for what it says', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
  ['UTF-8 of a surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text('{}')])],
  ['a number of 60 000 digits', text(`{"a":${'9'.repeat(60_000)}}`)],
  ['1e999999', text('{"a":1e999999}')],
  ['NaN', text('{"a":NaN}')],
  ['a comment', text('{/* */}')],
  ['a comma too much', text('{"a":1,}')],
  ['two texts', text('{}{}')],
  ['a string of 60 000 escapes', text(`{"a":"${'\\u0041'.repeat(10_000)}"}`)],
];

describe('bodies that make parsers slow, big or wrong', () => {
  const send = async (body: Buffer): Promise<number> => {
    const answer = await vault.vault.app.inject({
      method: 'POST',
      url: VAULT_ROUTES.sessions,
      headers: {
        host: 'vault.shop.example',
        'content-type': 'application/json',
        authorization: `Bearer ${vault.credential}`,
      },
      payload: body,
    });
    return answer.statusCode;
  };

  it.each(BODIES)('A85 %s is refused', async (_title, body) => {
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect([400, 422]).toContain(await send(body));
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('collection' in {}).toBe(false);
  });

  it('A85 hundreds of them leave no memory behind and are refused in time', async () => {
    for (const [, body] of BODIES) await send(body);
    globalThis.gc?.();
    const before = process.memoryUsage();
    const started = performance.now();
    let longest = 0;
    for (let round = 0; round < 300; round += 1) {
      const at = performance.now();
      await send(BODIES[round % BODIES.length]?.[1] ?? Buffer.alloc(0));
      longest = Math.max(longest, performance.now() - at);
    }
    globalThis.gc?.();
    const after = process.memoryUsage();
    const MIB = 1024 * 1024;
    expect((after.rss - before.rss) / MIB).toBeLessThan(150);
    // 65 KiB take some ms; quadratic work would take seconds.
    expect(longest).toBeLessThan(1000);
    expect(performance.now() - started).toBeLessThan(18_000);
  });

  it('A85 A89 the same texts in the way of browsers are refused too', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await vault.call({
        path: VAULT_ROUTES.records,
        headers: { origin: ELEMENTS, 'content-type': type },
        body: JSON.stringify({ collection: 'cards', origin: HOST, values: CARD }),
      });
      expect(answer.status).toBe(415);
    }
  });
});
