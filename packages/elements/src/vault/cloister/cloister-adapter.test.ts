import { ERROR_CODES, Secret, type ProblemCode } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../coordinator/key.js';
import { shopConfig } from '../test-support/shop-config.js';
import { VerifyingVault } from '../test-support/verifying-vault.js';
import { describeVaultAdapter } from '../vault-adapter.contract.js';
import type { CollectRequest, Outcome, SafeRequest, VaultClient } from '../vault-adapter.js';
import { cloisterAdapter } from './cloister-adapter.js';

const CONFIG = shopConfig();
const NOW = 1_900_000_000_000;
const NUMBER = '4242424242424242';

interface Setting {
  readonly client: VaultClient;
  readonly vault: VerifyingVault;
  readonly thumbprint: string;
  readonly session: () => string;
  readonly passTime: (milliseconds: number) => void;
  readonly skew: (milliseconds: number) => void;
}

async function setting(fetch?: (url: string, request: SafeRequest) => Promise<Response>): Promise<Setting> {
  let now = NOW;
  let skew = 0;
  const vault = new VerifyingVault(CONFIG, () => now);
  const key = createKey(crypto.subtle);
  const { thumbprint } = await key;
  const client = cloisterAdapter(CONFIG.vault).open({
    collections: CONFIG.collections,
    key,
    fetch: fetch ?? vault.fetch,
    crypto,
    now: () => now + skew,
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
  });
  return {
    client,
    vault,
    thumbprint,
    session: () => vault.mint(thumbprint),
    passTime: (milliseconds) => {
      now += milliseconds;
    },
    skew: (milliseconds) => {
      skew = milliseconds;
    },
  };
}

describeVaultAdapter('the cloister adapter', async () => {
  const { client, session, passTime } = await setting();
  const { capabilities } = cloisterAdapter(CONFIG.vault);
  return { client, capabilities, passTime, session: () => Promise.resolve(session()) };
});

const card = (session: string | undefined, change: Partial<CollectRequest> = {}): CollectRequest => ({
  collection: 'cards',
  origin: 'https://shop.example',
  values: new Map([['number', new Secret(NUMBER)]]),
  idempotencyKey: crypto.randomUUID(),
  session,
  ...change,
});

describe('what the cloister adapter sends', () => {
  it('A08 takes no credentials, follows no redirect, tells no referrer and is not cached', async () => {
    const { client, vault, session } = await setting();
    await client.collect(card(session()));
    expect(vault.requests).toHaveLength(1);
    expect(vault.requests[0]).toMatchObject({
      url: 'https://vault.shop.example/v1/records',
      method: 'POST',
      mode: 'cors',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    expect(vault.requests[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('A100 puts neither values nor tokens into URLs or headers', async () => {
    const { client, vault, session } = await setting();
    const stored = await client.collect(card(session()));
    const token = stored.ok ? (stored.value.tokens['number'] ?? '') : '';
    await client.reveal({ origin: 'https://shop.example', tokens: [token], session: session() });
    const outside = JSON.stringify(vault.requests.map(({ url, headers }) => ({ url, headers })));
    expect(vault.requests.map(({ body }) => body).join()).toContain(NUMBER);
    expect(outside).not.toContain(NUMBER);
    expect(outside).not.toContain(token);
  });

  it('A76 makes a proof of its own for every request', async () => {
    const { client, vault, session } = await setting();
    const shared = session();
    await client.collect(card(shared));
    await client.collect(card(shared));
    expect(new Set(vault.requests.map(({ headers }) => headers['dpop'])).size).toBe(2);
  });

  it.each(['https://vault.shop.example@evil.example', 'https://vault.shop.example:8443/x?', 'https://evil.example/'])(
    'refuses to open %s, which is not an exact origin',
    async (vault) => {
      const asked: string[] = [];
      const client = cloisterAdapter(vault).open({
        collections: CONFIG.collections,
        key: createKey(crypto.subtle),
        fetch: (url) => {
          asked.push(url);
          return Promise.resolve(Response.json({}));
        },
        crypto,
        now: () => NOW,
        timeout: () => new AbortController().signal,
      });
      expect(await client.collect(card('s'.repeat(20)))).toEqual({ ok: false, code: 'offline' });
      expect(asked).toEqual([]);
    },
  );
});

describe('what the browser lets through at once', () => {
  it('is all that is sent: one text, and no header that a form could not send', async () => {
    const { client, vault, session } = await setting();
    await client.collect(card(session()));
    await client.reveal({ origin: 'https://shop.example', tokens: [], session: session() });
    expect(vault.requests.map(({ sentAs, asked }) => ({ sentAs, asked }))).toEqual([
      { sentAs: 'text/plain;charset=UTF-8', asked: [] },
      { sentAs: 'text/plain;charset=UTF-8', asked: [] },
    ]);
  });
});

describe('a proof that is made ahead', () => {
  const proofsIn = ({ requests }: VerifyingVault): ReadonlySet<string | undefined> =>
    new Set(requests.map(({ headers }) => headers['dpop']));

  it('A75 sends nothing, and goes with one request', async () => {
    const { client, vault, session } = await setting();
    const shared = session();
    client.ahead?.(shared);
    expect(vault.requests).toEqual([]);
    for (let count = 0; count < 3; count += 1) expect(await client.collect(card(shared))).toMatchObject({ ok: true });
    expect(proofsIn(vault).size).toBe(3);
  });

  it('A75 is for its own session: another one gets a proof of its own', async () => {
    const { client, vault, session } = await setting();
    client.ahead?.(session());
    expect(await client.collect(card(session()))).toMatchObject({ ok: true });
    expect(vault.requests).toHaveLength(1);
  });

  it('A75 does not outlive the next one: a submit that came to nothing leaves none behind', async () => {
    const { client, vault, session, passTime } = await setting();
    const shared = session();
    client.ahead?.(shared);
    passTime(120_000);
    client.ahead?.(shared);
    expect(await client.collect(card(shared))).toMatchObject({ ok: true });
    expect(vault.requests).toHaveLength(1);
  });
});

describe('what a session is worth', () => {
  it('A76 nothing, when it is bound to another key', async () => {
    const { client, vault } = await setting();
    const other = await createKey(crypto.subtle);
    expect(await client.collect(card(vault.mint(other.thumbprint)))).toEqual({ ok: false, code: 'unauthorized' });
    expect(vault.records).toEqual([]);
  });

  it('A76 nothing, when nobody minted it', async () => {
    const { client } = await setting();
    expect(await client.collect(card('cls_forged-forged-forged'))).toEqual({ ok: false, code: 'unauthorized' });
  });

  it.each([-600_000, 3000, 600_000])('is used in spite of a clock that is %i ms off', async (off) => {
    const { client, vault, session, skew } = await setting();
    skew(off);
    expect(await client.collect(card(session()))).toMatchObject({ ok: true });
    expect(vault.requests).toHaveLength(2);
    expect(await client.collect(card(session()))).toMatchObject({ ok: true });
    expect(vault.requests).toHaveLength(3);
  });
});

describe('what becomes of a refusal', () => {
  const told = (status: number, code: ProblemCode): Response =>
    Response.json({ type: 'about:blank', title: NUMBER, status, code, instance: NUMBER }, { status });
  const refusals: readonly (readonly [ProblemCode, number, string])[] = [
    ['unauthorized', 401, 'unauthorized'],
    ['forbidden', 403, 'forbidden'],
    ['invalid', 422, 'rejected'],
    ['conflict', 409, 'conflict'],
    ['not-found', 404, 'unavailable'],
    ['too-large', 413, 'rejected'],
    ['media-type', 415, 'unavailable'],
    ['rate-limited', 429, 'rate-limited'],
    ['unavailable', 503, 'unavailable'],
    ['internal', 500, 'unavailable'],
  ];

  it.each(refusals)('A15 the problem %s (%i) is told as %s and nothing more', async (problem, status, code) => {
    const { client, session } = await setting(() => Promise.resolve(told(status, problem)));
    expect(await client.collect(card(session()))).toEqual({ ok: false, code });
    expect(Object.hasOwn(ERROR_CODES, code)).toBe(true);
  });

  const answers: readonly (readonly [string, () => Response, string])[] = [
    ['a page of HTML', () => new Response('<h1>4242</h1>', { status: 200 }), 'unavailable'],
    ['an empty body', () => new Response(null, { status: 201 }), 'unavailable'],
    ['JSON of another shape', () => Response.json({ tokens: 1 }, { status: 201 }), 'unavailable'],
    ['an unknown key', () => Response.json({ ...created(), value: NUMBER }, { status: 201 }), 'unavailable'],
    ['no token for a value', () => Response.json({ ...created(), tokens: {} }, { status: 201 }), 'unavailable'],
    ['a token that is the value', () => Response.json(created(NUMBER), { status: 201 }), 'unavailable'],
    ['an endless body', () => new Response('"'.padEnd(1_048_577, 'x'), { status: 201 }), 'unavailable'],
    ['a 401 of a proxy', () => new Response('who are you', { status: 401 }), 'unavailable'],
    ['a 429 of a proxy', () => new Response('slow down', { status: 429 }), 'rate-limited'],
    ['a 500 of a proxy', () => new Response('', { status: 500 }), 'unavailable'],
    ['a problem that belies its status', () => problemUnder(500), 'unavailable'],
  ];
  const created = (number: string = crypto.randomUUID()) => ({
    record: crypto.randomUUID(),
    tokens: { number },
    facts: {},
  });
  const problemUnder = (status: number): Response =>
    Response.json({ type: '', title: '', status: 422, code: 'invalid', instance: '' }, { status });

  it.each(answers)('A15 %s is told as a code', async (_, answer, code) => {
    const { client, session } = await setting(() => Promise.resolve(answer()));
    expect(await client.collect(card(session()))).toEqual({ ok: false, code });
    expect(await client.reveal({ origin: 'https://shop.example', tokens: [], session: session() })).toEqual({
      ok: false,
      code,
    });
  });

  it.each<[string, () => Promise<Response>]>([
    ['the network fails', () => Promise.reject(new TypeError(`Failed to fetch ${NUMBER}`))],
    ['time is up', () => Promise.reject(new DOMException('signal timed out', 'TimeoutError'))],
    ['the answer breaks off', () => Promise.resolve(new Response(broken()))],
  ])('is offline when %s', async (_, answer) => {
    const { client, session } = await setting(answer);
    const outcome: Outcome<unknown> = await client.collect(card(session()));
    expect(outcome).toEqual({ ok: false, code: 'offline' });
  });
});

const broken = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: (controller) => {
      controller.error(new TypeError('terminated'));
    },
  });
