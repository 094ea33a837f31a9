import { BenchPage, MASTERCARD, MODES, VISA } from '../support/bench-page.js';
import { recordRequests } from '../support/requests.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';

for (const mode of MODES) {
  test.describe(`collecting a card, ${mode}`, () => {
    test('typed with real keys, submitted, and answered with tokens and the disclosed facts', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      const outcome = await bench.submit();
      expect(outcome).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
      expect(Object.keys(outcome.ok ? outcome.tokens : {}).sort()).toEqual(['cvc', 'expiry', 'name', 'number']);
    });

    test('each submit creates one record, in one request of the coordinator to the vault', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      const requests = recordRequests(page);
      const before = await storedRecords(world);
      await bench.mountCard(mode);
      await bench.fill(MASTERCARD, mode);
      const first = await bench.submit();
      expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
      await bench.type('cvc', MASTERCARD.cvc, mode);
      const second = await bench.submit();
      expect(first).toMatchObject({ ok: true });
      expect(second).toMatchObject({ ok: true });
      expect(first.ok && second.ok && first.record !== second.record).toBe(true);
      expect((await storedRecords(world)) - before).toBe(2);
      const posts = requests.filter((request) => request.startsWith('POST') && request.includes(world.vaultUrl));
      expect(posts).toEqual(Array(2).fill(`POST ${world.vaultUrl}/v1/records`));
    });

    test('the page hears a change when the state changes, not when a key is pressed', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.input('number', mode).click();
      await bench.listen();
      await page.keyboard.type(VISA.number);
      await expect.poll(async () => (await bench.state()).fields['number']?.status).toBe('valid');
      // Sixteen keys: incomplete at the first, valid at the last.
      const changes = await bench.heard('change');
      expect(changes.map(({ payload }) => 'fields' in payload && payload.fields['number']?.status)).toEqual([
        'incomplete',
        'valid',
      ]);
      await page.keyboard.press('Tab');
      await expect
        .poll(async () => (await bench.heard('blur', 'focus')).map(({ type, payload }) => [type, payload]))
        .toEqual([
          ['blur', { field: 'number' }],
          ['focus', { field: 'expiry' }],
        ]);
    });

    test('a form is complete when all that is mounted is valid, and not before', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      expect(await bench.state()).toMatchObject({ complete: false, state: 'empty' });
      for (const field of ['number', 'expiry', 'cvc'] as const) await bench.type(field, VISA[field], mode);
      await expect.poll(async () => (await bench.state()).fields['cvc']?.status).toBe('valid');
      expect(await bench.state()).toMatchObject({ complete: false });
      await bench.type('name', 'J', mode);
      await expect.poll(async () => (await bench.state()).complete).toBe(true);
      expect(await bench.state()).toMatchObject({ state: 'valid' });
    });
  });
}
