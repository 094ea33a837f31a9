import { BenchPage, MODES } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

const VISA = '4242424242424242';
const AMEX = '378282246310005';

for (const mode of MODES) {
  test.describe(`brand and security code follow the number, ${mode}`, () => {
    test('the badge names the brand as soon as it is known, and is for the eye only', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      const badge = bench.field('number', mode).locator('.icon');
      await expect(badge).toHaveText('');
      for (const [number, brand] of [
        [VISA, 'VISA'],
        ['5555555555554444', 'Mastercard'],
        [AMEX, 'Amex'],
        ['36227206271667', 'Diners'],
      ] as const) {
        await bench.input('number', mode).click();
        await page.keyboard.press('Control+A');
        await page.keyboard.type(number);
        await expect(badge).toHaveText(brand);
      }
      await expect(badge).toHaveAttribute('aria-hidden', 'true');
      await expect(bench.input('number', mode)).toHaveAccessibleDescription('');
    });

    test('a fourth digit is taken beside an Amex and refused beside a Visa', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.type('number', VISA, mode);
      await bench.type('cvc', '7373', mode);
      await expect(bench.input('cvc', mode)).toHaveValue('737');
      await bench.input('number', mode).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(AMEX);
      await bench.input('cvc', mode).click();
      await page.keyboard.press('End');
      await page.keyboard.type('99');
      await expect(bench.input('cvc', mode)).toHaveValue('7379');
    });

    test('a code that was right is judged again when the number changes its brand, and again back', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.type('number', VISA, mode);
      await bench.type('cvc', '737', mode);
      await page.locator('#after').click();
      const cvc = async (): Promise<string | undefined> => (await bench.state()).fields['cvc']?.status;
      await expect.poll(cvc).toBe('valid');
      const retype = async (number: string): Promise<void> => {
        await bench.input('number', mode).click();
        await page.keyboard.press('Control+A');
        await page.keyboard.type(number);
      };
      await retype(AMEX);
      await expect.poll(cvc).toBe('invalid');
      await expect(bench.error('cvc', mode)).toHaveText('Check the security code.');
      await retype(VISA);
      await expect.poll(cvc).toBe('valid');
      await expect(bench.error('cvc', mode)).toHaveText('');
    });

    test('an American Express card is collected whole', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill({ number: AMEX, expiry: '1230', cvc: '7373', name: 'Nguyễn' }, mode);
      await expect(bench.input('number', mode)).toHaveValue('3782 822463 10005');
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { brand: 'amex', last4: '0005' } } });
    });
  });
}

test('a security code forgets the brand of a number that was taken away', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('a frame per field');
  await bench.type('number', VISA, 'a frame per field');
  await bench.type('cvc', '7373', 'a frame per field');
  // The brand has arrived.
  await expect(bench.input('cvc', 'a frame per field')).toHaveValue('737');
  await page.evaluate(() => {
    window.form.field('number').unmount();
  });
  await expect(async () => {
    await bench.input('cvc', 'a frame per field').click();
    await page.keyboard.press('End');
    await page.keyboard.type('9');
    await expect(bench.input('cvc', 'a frame per field')).toHaveValue('7379', { timeout: 500 });
  }).toPass({ timeout: 10_000 });
});

test('where a number and its badge do not both fit, all digits are seen', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await page.setViewportSize({ width: 320, height: 700 });
  await bench.mountCard('one frame');
  await bench.type('number', VISA, 'one frame');
  const input = bench.input('number', 'one frame');
  const fits = (): Promise<boolean> => input.evaluate((field) => field.scrollWidth <= field.clientWidth);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#card')?.style.setProperty('width', '200px');
  });
  await expect(bench.field('number', 'one frame').locator('.icon')).toBeHidden();
  await expect.poll(fits).toBe(true);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#card')?.style.setProperty('width', '300px');
  });
  await expect(bench.field('number', 'one frame').locator('.icon')).toBeVisible();
  await expect.poll(fits).toBe(true);
});
