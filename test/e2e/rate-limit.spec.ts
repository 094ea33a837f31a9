import type { Page } from '@playwright/test';
import { BenchPage, VISA } from '../support/bench-page.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const MODE = 'one frame';
const WINDOW = 60_000;
const ALLOWED = 2;

test.use({ worldOptions: { limits: { perThumbprint: ALLOWED } } });

/** Statuses that the vault answered submits with. */
function answers(page: Page, world: World): number[] {
  const seen: number[] = [];
  page.on('response', (response) => {
    if (response.url() === `${world.vaultUrl}/v1/records` && response.request().method() === 'POST')
      seen.push(response.status());
  });
  return seen;
}

/** The machine's time goes on by a window of the vault's budgets; the vault's own clock, by which proofs are dated, does not. */
function passWindow(world: World): () => void {
  const { now } = Date;
  Date.now = () => now() + WINDOW;
  world.advance(-WINDOW);
  return () => {
    Date.now = now;
    world.advance(WINDOW);
  };
}

test('too many submits of one page: `rate-limited`, what was typed is kept, and the same submit succeeds when it is time', async ({
  page,
  world,
}) => {
  const statuses = answers(page, world);
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  for (let submit = 0; submit < ALLOWED; submit += 1) {
    expect(await bench.submit()).toMatchObject({ ok: true });
    // The code is forgotten once it is stored.
    await bench.type('cvc', VISA.cvc, MODE);
  }
  const refused = page.waitForResponse((response) => response.status() === 429);
  expect(await bench.submit()).toEqual({ ok: false, code: 'rate-limited' });
  const wait = Number((await (await refused).allHeaders())['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(WINDOW / 1000);
  await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
  expect(await bench.state()).toMatchObject({ complete: true });
  // Whoever presses on before it is time is told the same, and nothing of ours asks by itself.
  expect(await bench.submit()).toEqual({ ok: false, code: 'rate-limited' });
  expect(statuses).toEqual([201, 201, 429, 429]);
  expect(await storedRecords(world)).toBe(ALLOWED);
  const restore = passWindow(world);
  try {
    expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4242' } } });
  } finally {
    restore();
  }
  expect(statuses).toEqual([201, 201, 429, 429, 201]);
  expect(await storedRecords(world)).toBe(ALLOWED + 1);
});
