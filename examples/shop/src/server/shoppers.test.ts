import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collected } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShoppers } from './shoppers.js';

const card = (): Collected => ({ record: randomUUID(), tokens: { number: randomUUID() }, facts: {} });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoppers-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the shop remembers', () => {
  it('who saved which card, also after it was opened again', async () => {
    const saved = card();
    await (await openShoppers(folder)).save('ada', saved);
    const again = await openShoppers(folder);
    expect(again.cardsOf('ada').map((one) => one.card)).toEqual([saved]);
    expect(again.cardsOf('bob')).toEqual([]);
  });

  it('A73 a token for the first who said that it is his', async () => {
    const shoppers = await openShoppers(folder);
    const saved = card();
    expect([await shoppers.save('ada', saved), await shoppers.save('bob', saved)]).toEqual([true, false]);
  });

  it('the newest fifty cards of a shopper, and opens with them', async () => {
    const shoppers = await openShoppers(folder);
    const cards = Array.from({ length: 52 }, card);
    for (const one of cards) await shoppers.save('ada', one);
    const again = await openShoppers(folder);
    expect(again.cardsOf('ada').map((one) => one.card)).toEqual(cards.slice(2));
  });

  it('what comes after a write that failed', async () => {
    const shoppers = await openShoppers(folder);
    const blocker = join(folder, 'cards.json.new');
    await mkdir(blocker);
    await expect(shoppers.save('ada', card())).rejects.toThrow();
    await rm(blocker, { recursive: true });
    await expect(shoppers.save('ada', card())).resolves.toBe(true);
    expect((await openShoppers(folder)).cardsOf('ada')).toHaveLength(2);
  });
});
