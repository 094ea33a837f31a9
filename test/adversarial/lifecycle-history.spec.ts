import { findChromium } from '../../scripts/browser.mjs';
import { BenchPage, FIELDS, MASTERCARD, MODES, VISA } from '../support/bench-page.js';
import { insideTargets } from '../support/inside-target.js';
import { expect, test } from '../support/test.js';

declare global {
  interface Window {
    /** Whether the page came out of the back/forward cache. */
    restored: boolean;
  }
}

const executablePath = findChromium();

// Playwright switches the back/forward cache off; shoppers have it.
test.use({
  launchOptions: {
    ...(executablePath === undefined ? {} : { executablePath }),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

for (const mode of MODES) {
  test.describe(`leaving and coming back, ${mode}`, () => {
    test('A58 A70 out of the back/forward cache comes a form that is empty, and works', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      world.hosts.serve('/elsewhere', { body: '<!doctype html><title>Elsewhere</title>' });
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      await expect.poll(async () => (await bench.state()).complete).toBe(true);
      await page.evaluate(() => {
        window.restored = false;
        window.addEventListener('pageshow', ({ persisted }) => (window.restored = persisted));
      });
      await page.goto(`${world.shop}/elsewhere`);
      await page.goBack({ waitUntil: 'commit' });
      expect(await page.evaluate(() => window.restored)).toBe(true);
      // The frames are the same documents, with nothing in them; before, they held it all.
      const shown = 'Array.from(document.querySelectorAll("input"), (input) => input.value).join("")';
      const browser = page.context().browser();
      if (browser === null) throw new Error('there is no browser');
      const held = await insideTargets(browser, `${world.elements}/collect.html`, shown);
      expect(held).toEqual(held.map(() => ''));
      expect(held).toHaveLength(mode === 'one frame' ? 1 : FIELDS.length);
      await expect.poll(async () => (await bench.state()).state).toBe('empty');
      expect(await bench.submit()).toMatchObject({ ok: false, code: 'invalid' });
      for (const field of FIELDS) {
        await page.evaluate((name) => {
          window.form.field(name).focus();
        }, field);
        await expect.poll(async () => (await bench.state()).fields[field]?.focused).toBe(true);
        await page.keyboard.type(MASTERCARD[field]);
      }
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4444' } } });
    });
  });
}
