import { BenchPage, MODES, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

for (const mode of MODES) {
  test.describe(`a page that reads from right to left, ${mode}`, () => {
    test('words stand at the right, digits run from left to right, the language is told', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, {
        prepare: () => {
          document.documentElement.dir = 'rtl';
          document.documentElement.lang = 'ar-EG';
        },
        texts: { number: { help: 'الرقم على وجه البطاقة' } },
      });
      const root = bench.frame(mode === 'one frame' ? 'card' : 'number').locator('html');
      await expect(root).toHaveAttribute('dir', 'rtl');
      await expect(root).toHaveAttribute('lang', 'ar-EG');
      await bench.fill(VISA, mode);
      const input = bench.input('number', mode);
      await expect(input).toHaveValue('4242 4242 4242 4242');
      await expect(input).toHaveCSS('direction', 'ltr');
      await expect(bench.input('name', mode)).toHaveAttribute('dir', 'auto');
      const field = bench.field('number', mode);
      const [label, box] = await Promise.all([
        field.locator('label').evaluate((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return range.getBoundingClientRect().right;
        }),
        input.evaluate((element) => element.getBoundingClientRect().right),
      ]);
      expect(Math.abs(box - label)).toBeLessThan(8);
      // The brand's badge stands behind the digits, not on them.
      const [badge, digits] = await Promise.all([
        field.locator('.icon').evaluate((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return range.getBoundingClientRect().left;
        }),
        input.evaluate((element) => element.getBoundingClientRect().left + 200),
      ]);
      expect(badge).toBeGreaterThan(digits);
    });
  });
}

test('the language is the page’s, unless the form has one of its own', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  const html = bench.frame('card').locator('html');
  await bench.mountCard('one frame');
  await expect(html).toHaveAttribute('lang', 'en');
  await expect(html).toHaveAttribute('dir', 'ltr');
  await bench.mountCard('one frame', { look: { locale: 'vi' } });
  await expect(html).toHaveAttribute('lang', 'vi');
});
