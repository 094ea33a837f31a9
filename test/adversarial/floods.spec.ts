import type { Frame, Page } from '@playwright/test';
import { bring } from '../support/attackers.js';
import { addSpout, CHEAP_FLOODS, DEAR_FLOODS, FLOOR, type Flood } from '../support/floods.js';
import { watchErrors } from '../support/frame-errors.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { heapOf, workOf, type Work } from '../support/task-trace.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    relabelled: number;
  }
}

/** Milliseconds for which an event loop may stand still; more is felt. */
const STALL = 50;
const MEGABYTE = 2 ** 20;
const TEXT = 'abcdefghijklmnopqrst';

/** Puts a fresh frame in the page, in place of the one before, and shakes hands with it. */
async function openFresh(page: Page, url: string): Promise<Frame> {
  await page.evaluate(
    async ({ url, setup }) => {
      (window.raw as typeof window.raw | undefined)?.iframe.remove();
      const tall = (iframe: HTMLIFrameElement): string => (iframe.height = '400');
      if (url.includes('/collect.html')) window.raw = await window.openReady(url, setup, tall);
      else {
        // The floor takes the port and says nothing.
        window.raw = await window.openRaw(url, tall);
        window.raw.meet(window.raw.hellos[0]?.frame ?? '');
      }
    },
    { url, setup: COLLECT_SETUP },
  );
  const frame = page.frames().find((each) => each.url() === url);
  if (frame === undefined) throw new Error('there is no frame');
  return frame;
}

/** Pours while a shopper types; answers what it cost the frame. Every key must land. */
async function pourInto(frame: Frame, { pour }: Flood): Promise<Work> {
  const input = frame.locator('input').last();
  await input.click();
  const work = await workOf(frame, async () => {
    await frame.page().evaluate(pour);
    await frame.page().keyboard.type(TEXT);
    await expect(input).toHaveValue(TEXT);
    // A turn that begins now comes after what had arrived.
    await frame.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  });
  return work;
}

async function openPage(page: Page, world: World): Promise<void> {
  world.hosts.serve('/floor', { body: FLOOR });
  await addRawFrames(page);
  await page.addInitScript(addSpout);
  await page.goto(`${world.shop}/bench`);
}

test.describe('floods', { tag: '@alone' }, () => {
  test.describe.configure({ timeout: 180_000 });

  for (const flood of CHEAP_FLOODS)
    test(`A44 A45 ${flood.title}: every key lands, the frame stands still for less than 50 ms and keeps nothing`, async ({
      page,
      world,
    }) => {
      await openPage(page, world);
      const frame = await openFresh(page, `${world.elements}/collect.html`);
      const errors = await watchErrors(frame);
      const before = await heapOf(frame);
      const { longest } = await pourInto(frame, flood);
      test.info().annotations.push({ type: 'longest task', description: `${longest.toFixed(1)} ms` });
      expect(longest).toBeLessThan(STALL);
      expect((await heapOf(frame)) - before).toBeLessThan(2 * MEGABYTE);
      expect(await errors()).toEqual([]);
    });

  for (const flood of DEAR_FLOODS)
    test(`A44 A45 ${flood.title}: the browser decodes one, and the frame adds nothing and does not read on`, async ({
      page,
      world,
    }) => {
      await openPage(page, world);
      const pourOntoFloor = async (): Promise<Work> =>
        pourInto(await openFresh(page, `${world.hosts.origin('floor')}/floor`), flood);
      const first = await pourOntoFloor();
      const frame = await openFresh(page, `${world.elements}/collect.html`);
      const errors = await watchErrors(frame);
      const before = await heapOf(frame);
      const work = await pourInto(frame, flood);
      expect((await heapOf(frame)) - before).toBeLessThan(2 * MEGABYTE);
      expect(await errors()).toEqual([]);
      // The floor is what the browser takes to decode one, before and after: a busy machine has slow and quick minutes.
      const second = await pourOntoFloor();
      const longest = Math.max(first.longest, second.longest);
      test.info().annotations.push({ type: 'work', description: JSON.stringify({ first, work, second }) });
      expect(longest).toBeGreaterThan(STALL);
      expect(work.longest).toBeLessThan(2 * longest);
      expect(work.total).toBeLessThan(2 * Math.max(first.total, second.total) + 500);
    });

  test('A44 the measure would notice a frame that stands still', async ({ page, world }) => {
    await openPage(page, world);
    const frame = await openFresh(page, `${world.elements}/collect.html`);
    const { longest } = await workOf(frame, async () => {
      await frame.evaluate(() => {
        let sum = 0;
        for (let index = 0; index < 5e8; index += 1) sum += index % 7;
        return sum;
      });
    });
    expect(longest).toBeGreaterThan(STALL);
  });

  test('A02 A44 a frame of another site floods every frame beside it: nothing is read, and nobody waits', async ({
    page,
    world,
  }) => {
    await openPage(page, world);
    const frame = await openFresh(page, `${world.elements}/collect.html`);
    const ad = await bring('a frame of another site', page, world);
    const input = frame.locator('input').last();
    await input.click();
    const { longest } = await workOf(frame, async () => {
      await ad.evaluate(() => {
        const all = Array.from({ length: 2e5 }, (_, index) => ({ index }));
        for (const view of Array.from({ length: parent.length }, (_, at) => parent[at])) {
          view?.postMessage(all, '*');
          for (let index = 0; index < 3e4; index += 1) view?.postMessage({ cloister: 'pair', index }, '*');
        }
      });
      await page.keyboard.type(TEXT);
      await expect(input).toHaveValue(TEXT);
    });
    expect(longest).toBeLessThan(STALL);
  });

  test('A44 of ten thousand legal calls some are heard and most are dropped unread', async ({ page, world }) => {
    await openPage(page, world);
    const frame = await openFresh(page, `${world.elements}/collect.html`);
    await frame.evaluate(() => {
      window.relabelled = 0;
      const label = document.querySelector('.label');
      if (label !== null) new MutationObserver(() => (window.relabelled += 1)).observe(label, { childList: true });
    });
    await page.evaluate(() => {
      for (let index = 0; index < 10_000; index += 1)
        void window.raw.call(['update'], { texts: { number: { label: String(index) } } });
    });
    await expect.poll(() => frame.evaluate(() => window.relabelled)).toBeGreaterThan(0);
    // It hears again after a while, and answers.
    await expect.poll(() => page.evaluate(() => window.raw.call(['validate'], {}))).toMatchObject({ ok: true });
    expect(await frame.evaluate(() => window.relabelled)).toBeLessThan(5000);
  });
});
