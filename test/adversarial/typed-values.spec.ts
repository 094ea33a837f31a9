import type { Page } from '@playwright/test';
import { BenchPage, FIELDS, LABELS, VISA, type Mode } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    written: string[];
  }
}

const MODE: Mode = 'one frame';

async function mounted(page: Page, world: World): Promise<BenchPage> {
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  return bench;
}

test.describe('what is typed', () => {
  test('A35 is never in an attribute or a text of the document', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(() => {
      window.written = [];
      const read = (): void => void window.written.push(document.documentElement.outerHTML);
      const watch = { subtree: true, childList: true, attributes: true, characterData: true };
      new MutationObserver(read).observe(document, watch);
    });
    await bench.fill(VISA, MODE);
    expect(await bench.submit()).toMatchObject({ ok: true });
    const written = await frame.evaluate(() => [...window.written, document.documentElement.outerHTML]);
    expect(written.length).toBeGreaterThan(5);
    const secrets = /4242|12\s*\/\s*30|(?<!\d)737(?!\d)|José|Nguyễn/u;
    expect(written.filter((html) => secrets.test(html))).toEqual([]);
    await bench.input('number', MODE).evaluate((input: HTMLInputElement) => {
      input.setAttribute('value', input.value);
    });
    expect(secrets.test(await frame.evaluate(() => document.documentElement.outerHTML))).toBe(true);
  });

  test('A53 A54 is not copied or cut out of number and code, by keys, menu or drag; a name may be', async ({
    page,
    context,
    world,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    const bench = await mounted(page, world);
    const clipboard = async (): Promise<string> => {
      await page.getByRole('button', { name: 'before' }).focus();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await page.getByRole('button', { name: 'before' }).focus();
    await page.evaluate(() => navigator.clipboard.writeText('untouched'));
    for (const field of ['number', 'cvc'] as const) {
      const shown = await bench.input(field, MODE).inputValue();
      for (const keys of ['Control+c', 'Control+x', 'Control+Insert', 'Shift+Delete']) {
        await bench.input(field, MODE).focus();
        await page.keyboard.press('Control+a');
        await page.keyboard.press(keys);
        expect(await clipboard(), `${field} ${keys}`).toBe('untouched');
        await expect(bench.input(field, MODE)).toHaveValue(shown);
      }
      const dragged = await bench.input(field, MODE).evaluate((input) => {
        return input.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true }));
      });
      expect(dragged).toBe(false);
    }
    await bench.input('name', MODE).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    expect(await clipboard()).toBe(VISA.name);
  });

  test('A58 does not come back when the shopper goes on and back', async ({ page, world }) => {
    const bench = await mounted(page, world);
    await page.goto(`${world.hosts.origin('shop')}/bench?elsewhere`);
    await page.goBack();
    // Kept or loaded anew: if there are fields, there is nothing in them.
    for (const frame of page.frames().slice(1))
      for (const input of await frame.locator('input').all()) await expect(input).toHaveValue('');
    expect(await bench.tryMount(MODE)).toBeNull();
    for (const field of FIELDS) await expect(bench.input(field, MODE).last(), LABELS[field]).toHaveValue('');
  });

  test('A58 is cleared when the document is hidden for going back', async ({ page, world }) => {
    const bench = await mounted(page, world);
    await expect(bench.input('number', MODE)).not.toHaveValue('');
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(() => {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    });
    for (const field of FIELDS) await expect(bench.input(field, MODE)).toHaveValue('');
  });
});
