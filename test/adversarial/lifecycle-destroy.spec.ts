import { BenchPage, VISA } from '../support/bench-page.js';
import { countPage } from '../support/page-count.js';
import { expect, test } from '../support/test.js';

declare global {
  interface Window {
    /** What is under way in the state that is tried. */
    promises: Promise<unknown>[];
    begun(...promises: readonly Promise<unknown>[]): void;
    unhandled: string[];
  }
}

/** States of a client in which a page may destroy it; each runs in the page and begins what is then cut off. */
const STATES: readonly (readonly [title: string, begin: () => Promise<void> | void])[] = [
  ['before anything', () => undefined],
  [
    'while a frame loads',
    () => {
      window.begun(window.form.mount('#card', { layout: [['number']] }));
    },
  ],
  [
    'as soon as the frame has greeted',
    async () => {
      window.begun(window.form.mount('#card', { layout: [['number']] }));
      await new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
    },
  ],
  [
    'in the moment when it is ready',
    async () => {
      await window.form.mount('#card', { layout: [['number']] });
    },
  ],
  [
    'while it asks for a session',
    async () => {
      await window.form.mount('#card', { layout: [['name']] });
      window.begun(window.form.submit());
    },
  ],
  [
    'under all calls at once',
    async () => {
      await window.form.mount('#card', { layout: [['number'], ['cvc']] });
      window.begun(window.form.validate(), window.form.submit());
      window.form.field('number').focus();
      window.form.update({ locale: 'de' });
      window.form.reset();
    },
  ],
  [
    'while a view is mounted and asked to show',
    async () => {
      const view = window.client.reveal();
      const value = view.value('00000000-0000-4000-8000-000000000000', { label: 'x' });
      await value.mount('#reveal');
      window.begun(view.show());
    },
  ],
  [
    'while it finds out why a frame says nothing',
    async () => {
      window.client = window.makeClient({ elements: window.location.origin.replace('shop', 'ads') });
      window.form = window.client.collect('cards');
      window.begun(window.form.mount('#card', { layout: [['number']] }));
      // The diagnosis document, which stays silent too.
      while (document.querySelectorAll('iframe').length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    },
  ],
];

test('A13 A70 destroy leaves nothing in any state, every promise ends with a code, and a new client works', async ({
  page,
  world,
}) => {
  const bench = new BenchPage(page, world);
  await bench.open();
  await page.evaluate(() => {
    window.unhandled = [];
    window.addEventListener('unhandledrejection', ({ reason }) => window.unhandled.push(String(reason)));
  });
  const before = await countPage(page);
  for (const [title, begin] of STATES)
    await test.step(title, async () => {
      await page.evaluate(() => {
        window.promises = [];
        window.begun = (...promises) => {
          for (const each of promises) each.catch(() => undefined);
          window.promises.push(...promises);
        };
        window.client = window.makeClient();
        window.form = window.client.collect('cards');
      });
      await page.evaluate(begin);
      const codes = await page.evaluate(async () => {
        window.client.destroy();
        window.client.destroy();
        const settled = await Promise.allSettled(window.promises);
        return settled.map((one) =>
          one.status === 'fulfilled' ? 'fulfilled' : (one.reason as { readonly code?: string }).code,
        );
      });
      expect(
        codes.filter((code) => code === undefined || !['destroyed', 'invalid', 'fulfilled'].includes(code)),
      ).toEqual([]);
      const { frames, elements, windowListeners } = await countPage(page);
      expect({ frames, elements, windowListeners }).toEqual({
        frames: before.frames,
        elements: before.elements,
        windowListeners: before.windowListeners,
      });
    });
  expect(await page.evaluate(() => window.unhandled)).toEqual([]);
  expect(await bench.tryMount('one frame')).toBeNull();
  await bench.fill(VISA, 'one frame');
  expect(await bench.submit()).toMatchObject({ ok: true });
});
