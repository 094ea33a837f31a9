import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { fillByHand, openByHand, pairByHand, submitByHand } from '../support/by-hand.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { recordRequests } from '../support/requests.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';

const MODE: Mode = 'one frame';

test.describe('a frame that the page reloads or sends elsewhere', () => {
  const moves: readonly (readonly [string, (iframe: HTMLIFrameElement) => void])[] = [
    // With its fragment the same address would be no navigation (HTML §7.4.2.2).
    ['A13 is reloaded', (iframe) => iframe.setAttribute('src', iframe.src.split('#')[0] ?? '')],
    [
      'A19 is opened with other parameters',
      (iframe) => (iframe.src = iframe.src.replace('#', '?env=DEV&debug=1&vault=https://thief.localhost#')),
    ],
    ['A13 is sent elsewhere', (iframe) => (iframe.src = 'about:blank')],
    ['A13 is taken out and put back', (iframe) => iframe.parentElement?.append(iframe)],
  ];
  for (const [title, move] of moves) {
    test(`${title}: it is given up, what was typed is gone, and nothing is met again silently`, async ({
      page,
      world,
    }) => {
      const requests = recordRequests(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard(MODE);
      await bench.fill(VISA, MODE);
      await bench.listen();
      await page.locator('#card iframe').evaluate(move);
      await expect.poll(() => bench.heard('error')).toHaveLength(1);
      expect(await bench.submit()).toEqual({ ok: false, code: 'unmounted' });
      await expect(page.locator('#card iframe')).toHaveCount(0);
      expect(requests.filter((line) => line.includes('/v1/') || line.includes('thief.localhost:'))).toEqual([]);
      // The same form can be mounted again, by somebody who decides to; and it is empty.
      await page.evaluate(() =>
        window.form.mount('#card', { layout: [['number']], texts: { number: { label: 'Card number' } } }),
      );
      await expect(bench.input('number', MODE)).toHaveValue('');
    });
  }

  test('A19 is opened with other parameters behind a page by hand: its old id is refused, and the new document is empty', async ({
    page,
    world,
  }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const { coordinator, collect } = await openByHand(page, world.elements);
    expect(await pairByHand(page, coordinator)).toMatchObject({ ok: true });
    await fillByHand(page);
    const before = await storedRecords(world);
    await page.evaluate(async () => {
      const { iframe, hellos } = window.raw;
      iframe.src = `${iframe.src}?form=${'f'.repeat(22)}&env=DEV`;
      while (hellos.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    // The coordinator waits for a document that is no more, longer than the page does.
    const reply = await submitByHand(page, collect, '/session');
    expect(reply).not.toEqual(expect.objectContaining({ ok: true }));
    expect(await storedRecords(world)).toBe(before);
    // The new document, which the page takes up as its own, has another id and none of the values.
    const next = await page.evaluate(async (setup) => {
      const id = window.raw.hellos[1]?.frame ?? '';
      await window.raw.welcome(id);
      await window.raw.call(['setup'], setup);
      return id;
    }, COLLECT_SETUP);
    expect(next).not.toBe(collect);
    const frame = page.frames().find((each) => each.url().includes('/collect.html?'));
    await expect(frame?.getByLabel('number', { exact: true }) ?? page.locator('none')).toHaveValue('');
    expect(await storedRecords(world)).toBe(before);
  });

  test('A20 gets another fragment: the document stays, what was typed too, and nobody reads it', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    const before = await bench.state();
    await page.locator('#card iframe').evaluate((iframe: HTMLIFrameElement) => {
      iframe.src = `${iframe.src}#{"env":"DEV","vault":"https://thief.localhost"}`;
    });
    const frame = await bench.frameOf('number', MODE);
    await expect.poll(() => frame.evaluate(() => location.hash)).not.toBe('');
    expect(await bench.state()).toEqual(before);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
    expect(await bench.submit()).toMatchObject({ ok: true });
  });

  test('A18 does not take the welcome of the document before it', async ({ page, world }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const ids = await page.evaluate(async (url) => {
      window.raw = await window.openRaw(url);
      const [first] = window.raw.hellos;
      window.raw.iframe.src = url;
      while (window.raw.hellos.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      return [first?.frame ?? '', window.raw.hellos[1]?.frame ?? ''];
    }, `${world.elements}/collect.html`);
    const [first = '', second = ''] = ids;
    expect(first).not.toBe(second);
    const welcome = (id: string): Promise<boolean> => page.evaluate((frame) => window.raw.welcome(frame), id);
    expect(await welcome(first)).toBe(false);
    expect(await welcome(second)).toBe(true);
    // One connection for the document's life: the right welcome once more is not answered either.
    expect(await welcome(second)).toBe(false);
  });

  test('A18 acts on a recorded call once more at most as the page could anyway, and answers with no value', async ({
    page,
    world,
  }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const replies = await page.evaluate(
      async ({ url, setup }) => {
        const raw = await window.openRaw(url);
        await raw.welcome(raw.hellos[0]?.frame ?? '');
        return [await raw.call(['setup'], setup), await raw.call(['setup'], setup)];
      },
      { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
    );
    expect(replies).toMatchObject([{ ok: true }, { ok: false, code: 'message' }]);
  });
});
