import { BenchPage, FIELDS, MODES, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

for (const mode of MODES) {
  test.describe(`by keyboard alone, ${mode}`, () => {
    test('Tab walks from the page through the fields and out, Shift+Tab back', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      const keys = { number: '4', expiry: '1', cvc: '7', name: 'J' } as const;
      await page.locator('#before').focus();
      for (const field of FIELDS) {
        await page.keyboard.press('Tab');
        await bench.arrived(field, mode);
        await page.keyboard.type(keys[field]);
        await expect(bench.input(field, mode)).toHaveValue(keys[field]);
      }
      // The hidden frame of the connection is there by now, and is no stop.
      await expect(page.locator('iframe')).toHaveCount(mode === 'one frame' ? 2 : 5);
      await page.keyboard.press('Tab');
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('after');
      const again = { number: '5', expiry: '0', cvc: '8', name: 'K' } as const;
      for (const field of FIELDS.toReversed()) {
        await page.keyboard.press('Shift+Tab');
        await bench.arrived(field, mode);
        await page.keyboard.type(again[field]);
        await expect(bench.input(field, mode)).toHaveValue(again[field]);
      }
      await page.keyboard.press('Shift+Tab');
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('before');
    });

    test('the page can put the focus into a field and take it away', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await page.evaluate(() => {
        window.form.field('cvc').focus();
      });
      await expect.poll(async () => (await bench.state()).fields['cvc']?.focused).toBe(true);
      await page.keyboard.type('737');
      await expect(bench.input('cvc', mode)).toHaveValue('737');
      await page.evaluate(() => {
        window.form.field('cvc').blur();
      });
      await expect.poll(async () => (await bench.state()).fields['cvc']?.focused).toBe(false);
      await page.keyboard.type('9');
      await expect(bench.input('cvc', mode)).toHaveValue('737');
    });

    test('Enter pays where the page wants that, Escape is told, and neither is typed', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.listen();
      await page.evaluate(() => {
        window.form.on('enter', () => {
          void window.form.submit().then(({ record }) => {
            document.title = `paid ${String(record.length)}`;
          });
        });
      });
      await bench.fill(VISA, mode);
      await page.keyboard.press('Escape');
      await expect.poll(() => bench.heard('escape')).toEqual([{ type: 'escape', payload: { field: 'name' } }]);
      expect(await page.title()).toBe('Bench');
      await page.keyboard.press('Enter');
      await expect(page).toHaveTitle('paid 36');
      expect(await bench.heard('enter')).toEqual([{ type: 'enter', payload: { field: 'name' } }]);
      await expect(bench.input('name', mode)).toHaveValue(VISA.name);
      await expect(page).toHaveURL(`${world.shop}/bench`);
    });
  });
}
