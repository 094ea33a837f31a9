import type { Page } from '@playwright/test';
import { bring, fling, forgeries } from '../support/attackers.js';
import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    /** Greetings that the page keeps from the SDK for a while. */
    kept: MessageEvent[];
    keeping: boolean;
    arrived: number;
    labels: string[];
  }
}

const MODE: Mode = 'one frame';

/** What peers' handshakes begin with: the legacy form changes how a careless messenger reads all that comes later. */
const SYNS: readonly object[] = [
  { penpal: 'syn' },
  { penpal: 'synAck', methodNames: ['update'] },
  { penpal: 'ack', methodNames: [] },
  { namespace: 'penpal', channel: undefined, type: 'SYN', participantId: 'zzzz' },
  { namespace: 'penpal', channel: undefined, type: 'ACK1', methodPaths: [] },
  { namespace: 'penpal', channel: undefined, type: 'DESTROY' },
];

/** Keeps every greeting from the SDK, so that there is time between it and the welcome. */
async function keepGreetings(page: Page, { elements }: World): Promise<void> {
  await page.addInitScript((origin) => {
    if (location.origin === origin) {
      window.arrived = 0;
      window.addEventListener('message', () => (window.arrived += 1));
    }
    if (window !== window.top) return;
    Object.assign(window, { kept: [], keeping: true });
    window.addEventListener(
      'message',
      (event: MessageEvent<{ cloister?: string }>) => {
        if (!window.keeping || event.origin !== origin || event.data.cloister !== 'hello') return;
        event.stopImmediatePropagation();
        window.kept.push(event);
      },
      true,
    );
  }, elements);
}

const release = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.keeping = false;
    for (const { data, origin, source } of window.kept)
      window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
  });

test.describe('a foreign handshake', () => {
  for (const attacker of ['a frame of another site', 'the page'] as const)
    test(`A12 by ${attacker}, between a frame's greeting and its welcome: the right one still connects`, async ({
      page,
      world,
    }) => {
      await keepGreetings(page, world);
      const bench = new BenchPage(page, world);
      await bench.open();
      const place = await bring(attacker, page, world);
      const mounted = bench.tryMount(MODE, { timeout: 20_000 });
      await page.waitForFunction(() => window.kept.length === 1);
      const known = { build: world.site.build, frames: [{ role: 'collect', frame: 'a'.repeat(22) }] };
      const { heard } = await place.evaluate(fling, [...SYNS, ...forgeries(known)]);
      expect(heard).toEqual([]);
      const frame = await bench.frameOf('number', MODE);
      expect(await frame.evaluate(() => window.arrived)).toBeGreaterThan(2 * SYNS.length);
      await release(page);
      expect(await mounted).toBeNull();
      await bench.fill(VISA, MODE);
      // The coordinator's greeting was not kept back; its handshake ran under the same messages.
      await place.evaluate(fling, SYNS);
      expect(await bench.submit()).toMatchObject({ ok: true });
    });

  test('A17 calls over the window, in penpal’s own words, change nothing; over the port they do', async ({
    page,
    world,
  }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    await page.evaluate(
      async ({ url, setup }) => {
        window.raw = await window.openReady(url, setup);
      },
      { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
    );
    const frame = page.frames().find((each) => each.url().includes('/collect.html'));
    await frame?.evaluate(() => {
      Object.assign(window, { arrived: 0, labels: [] });
      window.addEventListener('message', () => (window.arrived += 1));
      const label = document.querySelector('.label');
      const note = (): void => void window.labels.push(label?.textContent ?? '');
      if (label !== null) new MutationObserver(note).observe(label, { childList: true });
    });
    const replies = await page.evaluate(async (elements) => {
      const call = (label: string, channel: object): object => ({
        namespace: 'penpal',
        ...channel,
        type: 'CALL',
        id: crypto.randomUUID(),
        methodPath: ['update'],
        args: [{ texts: { number: { label } } }],
      });
      const { iframe, noise } = window.raw;
      for (const channel of [{}, { channel: undefined }, { channel: 'cloister' }])
        for (let count = 0; count < 5; count += 1) {
          iframe.contentWindow?.postMessage(call('window', channel), elements);
          const { port1, port2 } = new MessageChannel();
          port1.start();
          iframe.contentWindow?.postMessage(call('window', channel), elements, [port2]);
        }
      window.raw.send(call('envelope over the port', {}));
      const reply = await window.raw.call(['update'], { texts: { number: { label: 'port' } } });
      return { reply, noise };
    }, world.elements);
    expect(replies).toMatchObject({ reply: { ok: true }, noise: [] });
    expect(await frame?.evaluate(() => window.arrived)).toBe(30);
    expect(await frame?.evaluate(() => window.labels)).toEqual(['envelope over the port', 'port']);
  });

  test('A17 the SDK hears no call over the window either', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.listen();
    const before = await bench.state();
    const call = (methodPath: string, argument: object): object => ({
      namespace: 'penpal',
      type: 'CALL',
      id: '00000000-0000-4000-8000-000000000000',
      methodPath: [methodPath],
      args: [argument],
    });
    const state = { name: 'number', status: 'valid', focused: true, touched: true };
    const calls = [
      call('changed', { fields: [state] }),
      call('resized', { height: 9000 }),
      call('failed', { code: 'internal' }),
      call('signal', { field: 'number', type: 'enter' }),
    ];
    // From the frame itself, which has the right source and origin.
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(
      ({ calls, shop }) => {
        for (const each of calls) parent.postMessage(each, shop);
      },
      { calls, shop: world.shop },
    );
    await bench.type('number', '4', MODE);
    expect(await bench.state()).toMatchObject({ complete: false, fields: { number: { status: 'incomplete' } } });
    expect(before.fields['number']?.status).toBe('empty');
    expect((await bench.heard('enter', 'error')).length).toBe(0);
    expect(await page.locator('#card iframe').evaluate((iframe) => iframe.clientHeight)).toBeLessThan(1000);
  });
});
