import { BenchPage, MODES, VISA, type Mode } from '../support/bench-page.js';
import { serveSession } from '../support/session-desk.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import { breakLine } from '../support/vault-line.js';

/** What was typed is all still there. */
async function expectKept(bench: BenchPage, mode: Mode): Promise<void> {
  await expect(bench.input('number', mode)).toHaveValue('4242 4242 4242 4242');
  await expect(bench.input('expiry', mode)).toHaveValue('12/30');
  await expect(bench.input('cvc', mode)).toHaveValue(VISA.cvc);
  await expect(bench.input('name', mode)).toHaveValue(VISA.name);
  expect(await bench.state()).toMatchObject({ complete: true });
}

for (const mode of MODES) {
  test.describe(`a submit that fails, ${mode}`, () => {
    test('vault out of reach: `offline`, what was typed is kept, a retry succeeds', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      const before = await storedRecords(world);
      const line = await breakLine(page, world, 'no connection');
      expect(await bench.submit()).toEqual({ ok: false, code: 'offline' });
      expect(line.met).toEqual(['/v1/records']);
      await expectKept(bench, mode);
      await line.repair();
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect((await storedRecords(world)) - before).toBe(1);
    });

    test('an answer that is lost: the retry gets it, and there is one record', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      const before = await storedRecords(world);
      const line = await breakLine(page, world, 'the answer is lost');
      expect(await bench.submit()).toEqual({ ok: false, code: 'offline' });
      expect(line.met).toEqual(['/v1/records 201']);
      expect((await storedRecords(world)) - before).toBe(1);
      await line.repair();
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4242' } } });
      expect((await storedRecords(world)) - before).toBe(1);
      // The code is forgotten once it is stored. A card that was changed in between is another one.
      await bench.type('cvc', '737', mode);
      const again = await breakLine(page, world, 'the answer is lost');
      expect(await bench.submit()).toEqual({ ok: false, code: 'offline' });
      await again.repair();
      await bench.input('cvc', mode).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('111');
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect((await storedRecords(world)) - before).toBe(3);
    });

    test('a session for another collection: `forbidden`, and the right one succeeds', async ({ page, world }) => {
      let collection = 'quiet';
      const session = serveSession(world, '/session-of-choice', () => ({
        purpose: 'collect',
        collection,
        origin: world.shop,
        uses: 1,
        minutes: 5,
      }));
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { session });
      await bench.fill(VISA, mode);
      const before = await storedRecords(world);
      expect(await bench.submit()).toEqual({ ok: false, code: 'forbidden' });
      await expectKept(bench, mode);
      expect((await storedRecords(world)) - before).toBe(0);
      collection = 'cards';
      expect(await bench.submit()).toMatchObject({ ok: true });
    });

    test('a session that has ended: `unauthorized`', async ({ page, world }) => {
      let late = 0;
      const session = serveSession(world, '/session-late', () => {
        late += 1;
        return { purpose: 'collect', collection: 'cards', origin: world.shop, uses: 1, minutes: 1 };
      });
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { session });
      await bench.fill(VISA, mode);
      await page.route('**/session-late', async (route) => {
        const response = await route.fetch({ url: `http://127.0.0.1:${String(world.hosts.port)}/session-late` });
        world.advance(61_000);
        await route.fulfill({ response });
      });
      try {
        expect(await bench.submit()).toEqual({ ok: false, code: 'unauthorized' });
      } finally {
        world.advance(-61_000);
      }
      expect(late).toBe(1);
      await expectKept(bench, mode);
    });

    test('a backend that gives no session: `session`, and nothing is sent', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { session: '/no-such-endpoint' });
      await bench.fill(VISA, mode);
      const line = await breakLine(page, world, 'no connection');
      expect(await bench.submit()).toEqual({ ok: false, code: 'session' });
      expect(line.met).toEqual([]);
      await expectKept(bench, mode);
    });

    test('a second submit while the first is under way: `busy`, and there is one record', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      const before = await storedRecords(world);
      const [first, second] = await Promise.all([bench.submit(), bench.submit()]);
      expect(first).toMatchObject({ ok: true });
      expect(second).toEqual({ ok: false, code: 'busy' });
      expect((await storedRecords(world)) - before).toBe(1);
    });
  });
}
