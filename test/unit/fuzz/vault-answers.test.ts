import { problem, recordResponse, revealResponse, Secret } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../packages/elements/src/coordinator/key.js';
import { cloisterAdapter } from '../../../packages/elements/src/vault/cloister/cloister-adapter.js';
import { shopConfig } from '../../../packages/elements/src/vault/test-support/shop-config.js';
import type { Outcome, SafeRequest, VaultClient } from '../../../packages/elements/src/vault/vault-adapter.js';
import { jsonOf } from '../../support/fuzz/json-of.js';
import { anyValue, mutated } from '../../support/fuzz/mutate.js';
import { ofSchema } from '../../support/fuzz/of-schema.js';
import { COSTLY_RUNS } from '../../support/fuzz/runs.js';

const CONFIG = shopConfig();
const NUMBER = '4242424242424242';
const CANARY = 'canary-of-the-vault';
const TOKEN = '0b3f3a35-9f5e-4d0c-8a55-6c2f5e0d9a11';
const CODES = ['unauthorized', 'forbidden', 'rejected', 'conflict', 'rate-limited', 'offline', 'unavailable'];
const LARGEST = 1_048_576;

const key = createKey(crypto.subtle);

/** The coordinator's client, with a hostile vault at the other end. */
const against = (fetch: (url: string, request: SafeRequest) => Promise<Response>): VaultClient =>
  cloisterAdapter(CONFIG.vault).open({
    collections: CONFIG.collections,
    key,
    fetch,
    crypto,
    now: () => 1_900_000_000_000,
    timeout: () => new AbortController().signal,
  });

async function bothAsked(answer: () => Response): Promise<readonly Outcome<unknown>[]> {
  const client = against(() => Promise.resolve(answer()));
  const origin = 'https://shop.example';
  const values = new Map([['number', new Secret(NUMBER)]]);
  return [
    await client.collect({ collection: 'cards', origin, values, idempotencyKey: TOKEN, session: 's'.repeat(20) }),
    await client.reveal({ origin, tokens: [TOKEN], session: 's'.repeat(20) }),
  ];
}

/** What may be told: a code of the table, or a decoded answer; and nothing of what the vault said instead. */
function expectSound(outcome: Outcome<unknown>): void {
  if (outcome.ok) return;
  expect(Object.keys(outcome).toSorted()).toEqual(['code', 'ok']);
  expect(CODES).toContain(outcome.code);
}

const status = fc.oneof(
  fc.constantFrom(200, 201, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503),
  fc.integer({ min: 200, max: 599 }),
);
const contracts = [problem, recordResponse, revealResponse] as const;
const shaped = fc.oneof(...contracts.map(ofSchema));
const json = fc.oneof(shaped, mutated(shaped), anyValue).map(jsonOf);
const text = fc.oneof(
  json,
  json.map((all) => all.slice(0, all.length / 2)),
  fc.string().map((all) => `<p>${CANARY}${all}`),
);
const headers = fc.record(
  {
    date: fc.oneof(
      fc.constantFrom('', CANARY, 'Thu, 01 Jan 1970 00:00:00 GMT', '+275760-09-13'),
      fc.string({ unit: 'grapheme-ascii' }),
    ),
    'content-type': fc.constantFrom('application/problem+json', 'text/html', CANARY),
    'retry-after': fc.constantFrom('-1', '1e9', CANARY),
    'content-length': fc.constantFrom('0', '99999999999'),
  },
  { requiredKeys: [] },
);
const NO_BODY = new Set([204, 205, 304]);

describe('answers of a hostile vault', () => {
  it('A15 are told as codes, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(status, text, headers, async (code, body, more) => {
        const outcomes = await bothAsked(
          () => new Response(NO_BODY.has(code) ? null : body, { status: code, headers: more }),
        );
        outcomes.forEach(expectSound);
        expect(JSON.stringify(outcomes)).not.toContain(CANARY);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });

  it('A15 of the right shape tell their code and not one of their words', async () => {
    const told = ofSchema(problem).map((all) =>
      Object.assign({}, all, { title: CANARY, type: CANARY, instance: CANARY }),
    );
    await fc.assert(
      fc.asyncProperty(told, async (body) => {
        const outcomes = await bothAsked(() => Response.json(body, { status: Number(Reflect.get(body, 'status')) }));
        outcomes.forEach(expectSound);
        expect(outcomes.every(({ ok }) => !ok)).toBe(true);
        expect(JSON.stringify(outcomes)).not.toContain(CANARY);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });

  it('A15 bytes that are no text, cut anywhere, are told as codes', async () => {
    await fc.assert(
      fc.asyncProperty(status, fc.uint8Array({ maxLength: 300 }), async (code, body) => {
        const outcomes = await bothAsked(
          () => new Response(NO_BODY.has(code) ? null : Buffer.from(body), { status: code }),
        );
        outcomes.forEach(expectSound);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });

  it('A44 that never end are read to the bound and given up', async () => {
    const chunk = new TextEncoder().encode('"'.padEnd(65_536, 'x'));
    let sent = 0;
    let cancelled = 0;
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            sent += chunk.length;
            controller.enqueue(chunk);
          },
          cancel: () => {
            cancelled += 1;
          },
        }),
        { status: 201 },
      );
    for (const outcome of await bothAsked(endless)) expect(outcome).toEqual({ ok: false, code: 'unavailable' });
    expect(cancelled).toBe(2);
    // What was asked for before the bound was seen: one chunk beyond it, and one that the stream keeps ready.
    expect(sent).toBeLessThanOrEqual(2 * (LARGEST + 3 * chunk.length));
  });

  it.each<readonly [string, string]>([
    ['a million brackets', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['a million keys', `{${Array.from({ length: 90_000 }, (_, index) => `"${String(index)}":0`).join(',')}}`],
    ['a prototype', `{"__proto__":{"polluted":true},"record":"${TOKEN}","tokens":{"number":"${TOKEN}"},"facts":{}}`],
  ])('A42 A44 with %s are unavailable, and change nothing', async (_, body) => {
    for (const outcome of await bothAsked(() => new Response(body, { status: 201 })))
      expect(outcome).toEqual({ ok: false, code: 'unavailable' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each<readonly [string, () => Promise<Response>]>([
    ['throw', () => Promise.reject(new Error(CANARY))],
    [
      'throw something that is no error',
      async () => {
        await Promise.resolve();
        throw Object.assign(Object.create(null), { toString: CANARY });
      },
    ],
    [
      'break off',
      () => Promise.resolve(new Response(new ReadableStream({ start: (c) => c.error(new Error(CANARY)) }))),
    ],
    [
      'were read already',
      async () => {
        const used = Response.json({});
        await used.text();
        return used;
      },
    ],
    ['are no answers', () => Promise.resolve(Response.error())],
  ])('A15 that %s are told as codes', async (_, answer) => {
    const outcome = await against(answer).reveal({
      origin: 'https://shop.example',
      tokens: [TOKEN],
      session: undefined,
    });
    expectSound(outcome);
    expect(outcome.ok).toBe(false);
    expect(JSON.stringify(outcome)).not.toContain(CANARY);
  });
});
