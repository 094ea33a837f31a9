import type { Frame, Page } from '@playwright/test';
import { BenchPage, FIELDS, VISA, type SubmitOutcome } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';
import { BENCH } from '../support/world.js';

test.use({ worldOptions: { hosts: ['shop', 'portal'] } });

/** Mounts the whole card, fills it with real keys and submits, in whatever document that is. */
async function buyIn(place: Frame | Page): Promise<SubmitOutcome> {
  await place.evaluate(async () => {
    window.client = window.makeClient();
    window.form = window.client.collect('cards');
    await window.form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']] });
  });
  const page = 'page' in place ? place.page() : place;
  for (const [index, field] of FIELDS.entries()) {
    await place.frameLocator('#card iframe').getByRole('textbox').nth(index).click();
    await page.keyboard.type(VISA[field]);
  }
  return place.evaluate(async (): Promise<SubmitOutcome> => {
    try {
      return { ok: true, ...(await window.form.submit()) };
    } catch (error) {
      return { ok: false, code: String((error as { readonly code?: string }).code) };
    }
  });
}

/** Places in a page where a shop’s document may stand; each answers the frame in which it does. */
const PLACES: readonly (readonly [title: string, put: (bench: { html: string; url: string }) => Promise<void>])[] = [
  [
    'a frame with its markup in an attribute',
    ({ html }) =>
      new Promise((resolve) => {
        const iframe = document.createElement('iframe');
        iframe.addEventListener('load', () => resolve());
        iframe.height = '500';
        iframe.srcdoc = html;
        document.body.append(iframe);
      }),
  ],
  [
    'a blank frame that the page filled',
    async () => {
      const iframe = document.createElement('iframe');
      iframe.height = '500';
      document.body.append(iframe);
      const { contentDocument: inner } = iframe;
      if (inner === null) return;
      const card = inner.createElement('div');
      card.id = 'card';
      inner.body.append(card);
      for (const src of ['/cloister.js', '/bench.js']) {
        const script = inner.createElement('script');
        const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
        script.src = src;
        inner.body.append(script);
        await loaded;
      }
    },
  ],
  [
    'a page of the shop inside another listed page',
    ({ url }) =>
      new Promise((resolve) => {
        const iframe = document.createElement('iframe');
        iframe.addEventListener('load', () => resolve());
        iframe.height = '500';
        iframe.src = url;
        document.body.append(iframe);
      }),
  ],
];

for (const [title, put] of PLACES) {
  test(`a card is collected in ${title}`, async ({ page, world }) => {
    world.hosts.serve('/outside', { body: '<!doctype html><title>Outside</title>' });
    const outside = title.includes('inside another') ? world.hosts.origin('portal') : world.shop;
    await page.goto(`${outside}/outside`);
    await page.evaluate(put, { html: BENCH, url: `${world.shop}/bench` });
    const inside = page.frames().find((frame) => frame.parentFrame() === page.mainFrame());
    if (inside === undefined) throw new Error('there is no frame');
    expect(await buyIn(inside)).toMatchObject({ ok: true, facts: { number: { last4: '4242' } } });
  });
}

test('two tabs of one browser: each form has its own, and closing one leaves the other alone', async ({
  page,
  context,
  world,
}) => {
  const other = await context.newPage();
  for (const each of [page, other]) await each.goto(`${world.shop}/bench`);
  expect(await buyIn(other)).toMatchObject({ ok: true });
  await other.close();
  expect(await buyIn(page)).toMatchObject({ ok: true });
});

test('a frame that the page moves without reloading it keeps what was typed', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.fill(VISA, 'one frame');
  await bench.listen();
  await page.evaluate(() => {
    const iframe = document.querySelector('#card iframe');
    // DOM §4.2.3 `moveBefore`: not in TypeScript’s library yet.
    const place = document.querySelector('#name') as unknown as { moveBefore(node: unknown, child: null): void };
    place.moveBefore(iframe, null);
  });
  await expect(page.locator('#name iframe')).toHaveCount(1);
  await expect(bench.frame('name').getByRole('textbox').first()).toHaveValue('4242 4242 4242 4242');
  expect(await bench.submit()).toMatchObject({ ok: true });
  expect(await bench.heard('error')).toEqual([]);
});

test('a page that was frozen goes on where it was', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.type('number', VISA.number, 'one frame');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  for (const field of ['expiry', 'cvc', 'name'] as const) await bench.type(field, VISA[field], 'one frame');
  expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4242' } } });
});
