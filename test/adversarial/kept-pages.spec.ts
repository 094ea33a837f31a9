import type { Page } from '@playwright/test';
import { findChromium } from '../../scripts/browser.mjs';
import { BenchPage, VISA } from '../support/bench-page.js';
import { deafen, shownCard } from '../support/shown-card.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const MODE = 'one frame';

// Playwright turns the back/forward cache off; people's browsers have it.
test.use({
  launchOptions: { executablePath: findChromium() ?? '', ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

test.describe('the back/forward cache', () => {
  /** Goes on and back; answers whether the very document came back. */
  async function away(page: Page, world: World): Promise<boolean> {
    await page.evaluate(() => {
      window.addEventListener('pageshow', ({ persisted }) => {
        document.body.dataset['persisted'] = String(persisted);
      });
    });
    await page.goto(`${world.hosts.origin('evil')}/bench`);
    // There is no `load` when a document comes back.
    await page.goBack({ waitUntil: 'commit' });
    await expect(page.locator('body')).toHaveAttribute('data-persisted', 'true');
    return true;
  }
  const filled = async (page: Page, world: World): Promise<BenchPage> => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    expect(await bench.state()).toMatchObject({ complete: true });
    return bench;
  };

  test('A58 brings a form back empty: the document is the same, what was typed is not there', async ({
    page,
    world,
  }) => {
    const bench = await filled(page, world);
    expect(await away(page, world)).toBe(true);
    await expect.poll(async () => (await bench.state()).fields['number']?.status).toBe('empty');
    expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
  });

  test('A58 would bring it back as it was left, if nothing cleared it', async ({ page, world }) => {
    await page.addInitScript(deafen, 'pagehide');
    const bench = await filled(page, world);
    expect(await away(page, world)).toBe(true);
    expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4242' } } });
  });

  test('A58 brings values back hidden', async ({ page, world }) => {
    const bench = await shownCard(page, world);
    expect(await away(page, world)).toBe(true);
    await expect.poll(() => bench.states()).toMatchObject(Array(3).fill({ status: 'hidden', code: 'hidden' }));
  });
});
