import type { Appearance } from '@cloister/bridge';
import { BenchPage, MODES, VISA } from '../support/bench-page.js';
import { RevealBench } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';

/** One look; each is also a picture in `test-results/screens/` for people to look at. */
interface Look {
  readonly name: string;
  readonly appearance?: Appearance;
  readonly dark?: boolean;
  readonly width?: number;
  readonly rtl?: boolean;
  readonly errors?: boolean;
}

const LOOKS: readonly Look[] = [
  { name: 'light' },
  { name: 'dark', dark: true },
  { name: 'narrow', width: 360 },
  { name: 'errors', errors: true },
  { name: 'errors-dark-narrow', errors: true, dark: true, width: 360 },
  { name: 'rtl', rtl: true },
  { name: 'underline', appearance: { theme: 'underline' } },
  { name: 'bare', appearance: { theme: 'bare' } },
  {
    name: 'own',
    appearance: {
      variables: { colorPrimary: '#0a7', borderRadius: '2px', fontSize: '18px', padding: '8px' },
      rules: { label: { base: { fontWeight: '600' } }, input: { invalid: { backgroundColor: '#fff0f0' } } },
    },
    errors: true,
  },
];

for (const { name, appearance = {}, dark = false, width = 640, rtl = false, errors = false } of LOOKS)
  for (const mode of MODES)
    test(`${name}, ${mode}: everything is inside its frame and nothing is cut off`, async ({ browser, world }) => {
      const context = await browser.newContext({
        colorScheme: dark ? 'dark' : 'light',
        viewport: { width, height: 700 },
      });
      const page = await context.newPage();
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, {
        look: { appearance },
        texts: { cvc: { help: 'The three digits on the back.', placeholder: 'CVC' }, expiry: { placeholder: 'MM/YY' } },
        ...(rtl
          ? {
              prepare: () => {
                document.documentElement.dir = 'rtl';
              },
            }
          : {}),
      });
      await bench.fill(errors ? { number: '4242424242424241', expiry: '0121', cvc: '7', name: '' } : VISA, mode);
      if (errors) await bench.submit();
      for (const frame of page.frames().filter((each) => each.url().includes('/collect.html'))) {
        const { content, seen } = await frame.evaluate(() => ({
          content: Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0),
          seen: window.innerHeight,
        }));
        expect(seen).toBe(content);
        expect(await frame.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      }
      await page.screenshot({ path: `test-results/screens/${name}-${mode.replaceAll(' ', '-')}.png` });
      await context.close();
    });

/** Contrast of a border with its own background (WCAG 2.2, relative luminance and contrast ratio). */
function contrast(input: HTMLElement): number {
  const { borderTopColor, backgroundColor } = getComputedStyle(input);
  const luminance = (color: string): number => {
    const channels = color
      .slice(color.indexOf('(') + 1)
      .split(',')
      .map((each) => Number.parseFloat(each) / 255);
    const [red = 0, green = 0, blue = 0] = channels.map((each) =>
      each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [one, other] = [luminance(borderTopColor), luminance(backgroundColor)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`borders can be seen: contrast of at least 3:1, ${colorScheme}`, async ({ page, world }) => {
    await page.emulateMedia({ colorScheme });
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const input = bench.input('number', 'one frame');
    expect(await input.evaluate(contrast)).toBeGreaterThanOrEqual(3);
    await bench.submit();
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    expect(await input.evaluate(contrast)).toBeGreaterThanOrEqual(3);
  });

for (const dark of [false, true])
  test(`values that are shown, ${dark ? 'dark' : 'light'}`, async ({ browser, world }) => {
    const context = await browser.newContext({
      colorScheme: dark ? 'dark' : 'light',
      viewport: { width: 480, height: 500 },
    });
    const page = await context.newPage();
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    await bench.fill(VISA, 'one frame');
    const outcome = await bench.submit();
    const tokens = outcome.ok ? outcome.tokens : {};
    const view = new RevealBench(page, world);
    const unknown = '00000000-0000-4000-8000-000000000000';
    await view.mount('one frame', [
      { token: tokens['number'] ?? '', at: '', label: 'Card number', copy: true },
      { token: tokens['name'] ?? '', at: '', label: 'Name on card' },
      { token: unknown, at: '', label: 'Something else' },
    ]);
    await page.screenshot({ path: `test-results/screens/reveal-hidden-${dark ? 'dark' : 'light'}.png` });
    const height = await page.locator('#reveal iframe').evaluate((frame) => frame.clientHeight);
    await view.show();
    await expect(view.value('Card number', 'one frame', '')).toHaveText('4242 4242 4242 4242');
    // A31: the place that a value takes does not depend on the value.
    expect(await page.locator('#reveal iframe').evaluate((frame) => frame.clientHeight)).toBe(height);
    await page.screenshot({ path: `test-results/screens/reveal-shown-${dark ? 'dark' : 'light'}.png` });
    await context.close();
  });
