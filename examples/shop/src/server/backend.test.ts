import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '@cloister/cli';
import type { Collected } from '@cloister/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backend, type Answer } from './backend.js';
import { readJson } from './http.js';
import { openShoppers } from './shoppers.js';

const ORIGIN = 'http://shop.localhost:4100';
const JKT = 'k'.repeat(43);
const ADA = 'a'.repeat(32);
const EVE = 'e'.repeat(32);

let made = 0;
const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
const card = (): Collected => ({
  record: uuid(),
  tokens: { number: uuid(), expiry: uuid() },
  facts: { number: { brand: 'visa', last4: '4242' } },
});

interface Asked {
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A vault that gives a session to whoever asks, and remembers what for. */
async function fakeVault(status = 201): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const session = { id: uuid(), token: 'cls_0123456789abcdefghij', expires: '2030-01-01T00:00:00.000Z' };
  const server = await listen(
    (request, response) => {
      void readJson(request).then((body) => {
        asked.push({ authorization: request.headers.authorization, body });
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(session));
      });
    },
    { host: '127.0.0.1', port: 0 },
  );
  onTestFinished(server.close);
  return { url: `http://127.0.0.1:${String(server.port)}`, asked };
}

async function shop(vaultStatus?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-shop-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const vault = await fakeVault(vaultStatus);
  const shoppers = await openShoppers(folder);
  const routes = backend({ origin: ORIGIN, vault: { url: vault.url, credential: 'clsk_test' }, shoppers });
  const call = async (route: string, shopper: string, body?: unknown): Promise<Answer> => {
    const handler = routes[route];
    if (handler === undefined) throw new Error(`no route ${route}`);
    return handler(shopper, body);
  };
  const ask = (shopper: string, body: unknown): Promise<Answer> => call('POST /cloister/session', shopper, body);
  const order = (shopper: string, ordered: Collected): Promise<Answer> =>
    call('POST /orders', shopper, { item: 'tide', card: ordered });
  return { folder, asked: vault.asked, call, ask, order };
}

describe('the shop’s backend', () => {
  it('lets anybody pay once: one use, five minutes, this origin, bound to the key', async () => {
    const { ask, asked } = await shop();
    const answer = await ask(ADA, { purpose: 'collect', jkt: JKT, collection: 'cards' });
    expect(answer).toEqual({ status: 200, body: 'cls_0123456789abcdefghij' });
    expect(asked).toEqual([
      {
        authorization: 'Bearer clsk_test',
        body: {
          thumbprint: JKT,
          grant: { purpose: 'collect', collection: 'cards', origin: ORIGIN, uses: 1, minutes: 5 },
        },
      },
    ]);
  });

  it.each([
    { full: undefined, redaction: 'last4' },
    { full: false, redaction: 'last4' },
    { full: true, redaction: 'plain' },
  ])('shows a shopper her own card up to $redaction when full is $full', async ({ full, redaction }) => {
    const { ask, order, asked } = await shop();
    const own = card();
    await order(ADA, own);
    const tokens = Object.values(own.tokens);
    const need = { purpose: 'reveal', jkt: JKT, tokens };
    expect(await ask(ADA, full === undefined ? need : { ...need, full })).toMatchObject({ status: 200 });
    expect(asked[0]?.body).toMatchObject({ grant: { purpose: 'reveal', tokens, redaction, uses: 1, origin: ORIGIN } });
  });

  it.each([
    { name: 'another shopper’s token', tokens: (_: Collected, adas: Collected) => [adas.tokens['number']] },
    {
      name: 'her own beside another’s',
      tokens: (eves: Collected, adas: Collected) => [eves.tokens['number'], adas.tokens['expiry']],
    },
    { name: 'a record instead of a token', tokens: (eves: Collected) => [eves.record] },
    { name: 'an unknown token', tokens: () => [uuid()] },
  ])('refuses to show $name, and does not ask the vault', async ({ tokens }) => {
    const { ask, order, asked } = await shop();
    const [eves, adas] = [card(), card()];
    await order(EVE, eves);
    await order(ADA, adas);
    const answer = await ask(EVE, { purpose: 'reveal', jkt: JKT, tokens: tokens(eves, adas), full: true });
    expect(answer).toEqual({ status: 403, body: 'forbidden' });
    expect(asked).toEqual([]);
  });

  it('does not believe who claims a token that is another shopper’s already', async () => {
    const { ask, order, call } = await shop();
    const adas = card();
    await order(ADA, adas);
    expect(await order(EVE, { ...card(), tokens: adas.tokens })).toEqual({ status: 409, body: 'conflict' });
    expect(await call('GET /orders', EVE)).toEqual({ status: 200, body: { cards: [] } });
    const tokens = Object.values(adas.tokens);
    expect(await ask(EVE, { purpose: 'reveal', jkt: JKT, tokens })).toMatchObject({ status: 403 });
  });

  it.each([
    { name: 'another collection', body: { purpose: 'collect', jkt: JKT, collection: 'staff' }, status: 403 },
    { name: 'a wish for more uses', body: { purpose: 'collect', jkt: JKT, collection: 'cards', uses: 9 }, status: 400 },
    {
      name: 'an origin of its own',
      body: { purpose: 'collect', jkt: JKT, collection: 'cards', origin: 'https://evil.example' },
      status: 400,
    },
    { name: 'a key that is none', body: { purpose: 'collect', jkt: 'x', collection: 'cards' }, status: 400 },
    { name: 'no body', body: undefined, status: 400 },
  ])('refuses $name', async ({ body, status }) => {
    const { ask, asked } = await shop();
    expect(await ask(ADA, body)).toMatchObject({ status });
    expect(asked).toEqual([]);
  });

  it('says 502 when the vault refuses, and nothing of what it said', async () => {
    const { ask } = await shop(401);
    const answer = await ask(ADA, { purpose: 'collect', jkt: JKT, collection: 'cards' });
    expect(answer).toEqual({ status: 502, body: 'unavailable' });
  });

  it('takes the price from itself, and remembers the card after a restart', async () => {
    const { order, folder } = await shop();
    const own = card();
    expect(await order(ADA, own)).toMatchObject({ status: 201, body: { total: 148 } });
    const again = await openShoppers(folder);
    expect(again.cardsOf(ADA)).toMatchObject([{ card: own }]);
    expect(await readFile(join(folder, 'cards.json'), 'utf8')).not.toContain(ADA);
  });
});
