import type { BrowserContext, Locator, Page } from '@playwright/test';
import { VISA } from '../support/bench-page.js';
import { paidCard } from '../support/paid-card.js';
import { MASK } from '../support/redress.js';
import { RevealBench, type Shown } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';
import { startWorld, type World } from '../support/world.js';

test.use({ worldOptions: { copy: false } });

const MODE = 'one frame';
const UNTOUCHED = 'untouched';
/** Pixels from one press to the next: no button is narrower. */
const STEP = 24;

/** A page that has everything on its side: the browser's permissions, the delegation, and a viewer who presses anywhere. */
async function prepare(page: Page, context: BrowserContext, world: World): Promise<RevealBench> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
  await context.grantPermissions(['clipboard-write'], { origin: world.elements });
  await page.addInitScript(() => {
    const { setAttribute } = Element.prototype;
    Element.prototype.setAttribute = function (key, value) {
      setAttribute.call(this, key, key === 'allow' ? 'clipboard-write' : value);
    };
  });
  return new RevealBench(page, world);
}

/** Mounts and shows the number; answers why it could not. */
async function present(bench: RevealBench, number: Shown): Promise<string> {
  await bench.page.getByRole('button', { name: 'before' }).focus();
  await bench.page.evaluate((text) => navigator.clipboard.writeText(text), UNTOUCHED);
  const mounted = await bench.page.evaluate(
    async ({ token, label, ...options }) => {
      window.view = window.client.reveal();
      window.view.value(token, { label, ...options });
      return window.view.mount('#reveal').then(
        () => '',
        (error: unknown) => {
          const { code, hint } = error as { code: string; hint?: string };
          return `${code} ${hint ?? ''}`;
        },
      );
    },
    { token: number.token, label: number.label, copy: number.copy === true },
  );
  if (mounted === '') expect(await bench.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }] });
  return mounted;
}

/** Masks the frame and has the viewer press wherever a button could be, and every key that copies. */
async function robbed(page: Page): Promise<readonly string[]> {
  await page.evaluate(({ at, style }) => {
    Object.assign(document.querySelector<HTMLElement>(at)?.style ?? {}, style);
  }, MASK);
  const row = page.frameLocator('#reveal iframe').locator('.value-row');
  const { x, y, width, height } = (await row.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const clipboard = async (): Promise<string> => {
    await page.getByRole('button', { name: 'before' }).focus();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  for (let right = STEP / 2; right < width; right += STEP) await page.mouse.click(x + right, y + height / 2);
  const clicked = await clipboard();
  await page.mouse.click(x + STEP, y + height / 2);
  for (const keys of ['Control+a', 'Control+c', 'Control+Insert', 'Control+x']) await page.keyboard.press(keys);
  return [clicked, await clipboard()];
}

/** What the browser says of the document: header and delegation together. */
async function mayWrite(page: Page): Promise<boolean | undefined> {
  const frame = page.frames().find((each) => each.url().endsWith('/reveal.html'));
  return frame?.evaluate(() => {
    const { featurePolicy } = document as Document & {
      readonly featurePolicy: { allowsFeature: (feature: string) => boolean };
    };
    return featurePolicy.allowsFeature('clipboard-write');
  });
}

const buttons = (page: Page): Locator => page.frameLocator('#reveal iframe').locator('button');

async function open(page: Page, world: World, bench: RevealBench): Promise<Shown> {
  const [number] = await paidCard(page, world);
  if (number === undefined) throw new Error('nothing to show');
  await bench.mount(MODE, [number]);
  await page.evaluate(() => {
    window.view.destroy();
  });
  return number;
}

test.describe('a page that wants a value on the clipboard', () => {
  test('A48 A53 gets no button where the configuration allows none, and nothing by a mask and clicks', async ({
    page,
    context,
    world,
  }) => {
    const bench = await prepare(page, context, world);
    const number = await open(page, world, bench);
    expect(await present(bench, { ...number, copy: true })).toBe('forbidden copy');
    await expect(page.locator('#reveal iframe')).toHaveCount(0);
    expect(await present(bench, number)).toBe('');
    await expect(buttons(page)).toHaveCount(0);
    const [clicked, pressed] = await robbed(page);
    expect(clicked).toBe(UNTOUCHED);
    expect(pressed).not.toMatch(/4242|••/u);
    // The document itself may not write, whatever the page delegated.
    expect(await mayWrite(page)).toBe(false);
  });

  test('where the configuration allows it, the same page gets both: so the other test would notice', async ({
    page,
    context,
  }) => {
    const allowing = await startWorld({ copy: true });
    try {
      const bench = await prepare(page, context, allowing);
      const number = await open(page, allowing, bench);
      expect(await present(bench, { ...number, copy: true })).toBe('');
      await expect(buttons(page)).toBeEnabled();
      expect(await mayWrite(page)).toBe(true);
      expect((await robbed(page))[0]).toBe(VISA.number);
    } finally {
      await allowing.close();
    }
  });
});
