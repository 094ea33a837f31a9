import type { Frame, Page } from '@playwright/test';
import { openedByStranger } from '../support/attackers.js';
import { FIELDS, VISA } from '../support/bench-page.js';
import { serveSession } from '../support/session-desk.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

test.use({ worldOptions: { hosts: ['shop', 'outlet'] } });

declare global {
  interface Window {
    delivered: unknown[];
  }
}

/** Notes every message that this window is delivered. */
function noteDeliveries(): void {
  window.delivered = [];
  window.addEventListener('message', ({ data }) => window.delivered.push(data));
}

/** Pays on the page in the frame, and shows what was paid with. */
async function payAndReveal(host: Frame): Promise<void> {
  await host.evaluate(async (fields) => {
    window.client = window.makeClient({ session: window.sessionAt('/session-outlet') });
    window.form = window.client.collect('cards');
    await window.form.mount('#card', { layout: fields.map((field) => [field]) });
  }, FIELDS);
  const card = host.frameLocator('#card iframe');
  for (const field of FIELDS) await card.getByLabel(field, { exact: true }).fill(VISA[field]);
  const states = await host.evaluate(async () => {
    const { tokens } = await window.form.submit();
    window.view = window.client.reveal();
    window.view.value(tokens['number'] ?? '', { label: 'number' });
    await window.view.mount('#reveal');
    return window.view.show();
  });
  expect(states).toEqual([{ token: expect.any(String), status: 'shown' }]);
}

/** A page of the shop with an advertisement and a page of the outlet, which has one too; opened by a stranger. */
async function openNested(first: Page, world: World): Promise<{ readonly top: Page; readonly host: Frame }> {
  const { hosts } = world;
  const outlet = hosts.origin('outlet');
  serveSession(world, '/session-outlet', ({ purpose, tokens }) => {
    const what = purpose === 'collect' ? { collection: 'cards' } : { tokens, redaction: 'plain' };
    return { purpose, ...what, origin: outlet, uses: 1, minutes: 5 };
  });
  const ad = `<iframe class="ad" height="30" src="${hosts.origin('ads')}/stranger"></iframe>`;
  hosts.serve('/nested', {
    body: `<!doctype html>${ad}<iframe src="${outlet}/bench" width="700" height="660"></iframe>`,
  });
  const top = await openedByStranger(first, world);
  await top.goto(`${world.shop}/nested`, { waitUntil: 'load' });
  const host = top.frames().find((frame) => frame.url() === `${outlet}/bench`);
  if (host === undefined) throw new Error('the page of the outlet did not load');
  await host.evaluate(
    (src) => {
      document.body.prepend(Object.assign(document.createElement('iframe'), { src, height: '30' }));
    },
    `${hosts.origin('ads')}/stranger`,
  );
  return { top, host };
}

test('A07 nobody but the page that embeds is sent a message: no advertisement, no opener, no page around it', async ({
  page: first,
  world,
}) => {
  const { top, host } = await openNested(first, world);
  const strangers = (): readonly Frame[] => top.frames().filter((frame) => frame.url().endsWith('/stranger'));
  await expect.poll(() => strangers().length).toBe(2);
  const bystanders: readonly (readonly [string, Page | Frame])[] = [
    ['opener', first],
    ['top', top],
    ...strangers().map((frame, index) => [`advertisement ${String(index)}`, frame] as const),
  ];
  for (const [, place] of bystanders) await place.evaluate(noteDeliveries);
  await host.evaluate(noteDeliveries);
  await payAndReveal(host);
  for (const [name, place] of bystanders) expect(await place.evaluate(() => window.delivered), name).toEqual([]);
  // The page that embeds was told: the greetings of three frames, and nothing else over its window.
  const told = await host.evaluate(() => window.delivered);
  expect(told).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ cloister: 'hello' })));

  // A broadcast, as other SDKs use it, is noticed by every one of them.
  const ours = top.frames().find((frame) => frame.url().startsWith(`${world.elements}/collect.html`));
  await ours?.evaluate(() => {
    const walk = (window: Window): void => {
      window.postMessage('broadcast', '*');
      for (const index of Array.from({ length: window.length }).keys()) {
        const inner = window[index];
        if (inner !== undefined) walk(inner);
      }
    };
    const { top } = window;
    if (top === null) return;
    walk(top);
    (top as { opener: Window | null }).opener?.postMessage('broadcast', '*');
  });
  for (const [name, place] of [...bystanders, ['host', host] as const])
    await expect.poll(() => place.evaluate(() => window.delivered.at(-1)), name).toBe('broadcast');
});
