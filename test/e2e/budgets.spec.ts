import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { BenchPage, LABELS, MODES, type Mode } from '../support/bench-page.js';
import { EarlyPage } from '../support/early-page.js';
import { SiteRequests } from '../support/site-requests.js';
import { expect, test } from '../support/test.js';
import { startWorld, type World } from '../support/world.js';

/** Until the coordinator has paired, too: what comes after `mount` counts. */
const settled = (page: Page, { elements }: World): Promise<void> =>
  expect
    .poll(() =>
      page.frames().some((frame) => frame.url().startsWith(elements) && frame.url().endsWith('/coordinator.html')),
    )
    .toBe(true);

interface Sent {
  readonly cloister?: string;
  readonly type?: string;
  readonly methodPath?: readonly string[];
}

declare global {
  interface Window {
    /** Messages between the page and its frames, in order. */
    said: string[];
  }
}

/** Notes every message that the page hears of its frames or tells them over ports. */
async function noteMessages(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window !== window.top) return;
    window.said = [];
    const note = (data: Sent): void =>
      void window.said.push(data.cloister ?? [data.type, ...(data.methodPath ?? [])].join(' '));
    window.addEventListener('message', ({ data }: MessageEvent<Sent>) => note(data), true);
    const { postMessage, addEventListener } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (message: Sent) {
      note(message);
      postMessage.call(this, message);
    };
    MessagePort.prototype.addEventListener = function (type: string, ...rest: [never, never]) {
      addEventListener.call(this, type, ...rest);
      if (type === 'message') addEventListener.call(this, type, (event) => note((event as MessageEvent<Sent>).data));
    };
  });
}

for (const mode of MODES) {
  test.describe(`budgets, ${mode}`, () => {
    test('a form of four fields and its coordinator take two requests on the first visit, and none on the next', async ({
      page,
    }) => {
      const requests = new SiteRequests();
      const world = await startWorld({ served: (site) => requests.of(site) });
      try {
        const bench = new BenchPage(page, world);
        await bench.mountCard(mode);
        await settled(page, world);
        expect(requests.asked).toEqual(['/collect.html', `/b/${world.site.build}/coordinator.html`]);
        requests.asked = [];
        await bench.mountCard(mode);
        await settled(page, world);
        expect(requests.asked).toEqual([]);
      } finally {
        await world.close();
      }
    });

    test('each frame can be typed into after a greeting, a call and its answer', async ({ page, world }) => {
      await noteMessages(page);
      const bench = new BenchPage(page, world);
      await bench.open();
      const said = await page.evaluate(
        async ({ mode, labels }) => {
          window.form = window.makeClient().collect('cards');
          if (mode === 'one frame') await window.form.mount('#card', { layout: Object.keys(labels).map((name) => [name]) });
          else await Promise.all(Object.keys(labels).map((name) => window.form.field(name).mount(`#${name}`)));
          return window.said;
        },
        { mode, labels: LABELS },
      );
      const frames = mode === 'one frame' ? 1 : 4;
      const count = (what: string): number => said.filter((each) => each === what).length;
      // What a frame says of its height, and the first of the coordinator, may come before the last frame is ready.
      const early = said.filter((each) => !['CALL resized', 'REPLY'].includes(each));
      expect(early.filter((each) => each !== 'hello' && each !== 'CALL setup')).toEqual([]);
      expect(count('CALL setup')).toBe(frames);
      expect(count('hello')).toBe(frames);
      expect(count('REPLY') - count('CALL resized')).toBe(frames);
    });
  });
}

test.describe('budgets', () => {
  test('a form that is mounted as the page loads moves nothing on the page: its place is there at once', async ({
    page,
    world,
  }) => {
    const modes: Readonly<Record<Mode, string>> = {
      'one frame': "form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']] })",
      'a frame per field':
        "Promise.all(['number', 'expiry', 'cvc', 'name'].map((name) => form.field(name).mount('#' + name)))",
    };
    for (const [mode, mount] of Object.entries(modes)) {
      const path = world.hosts.serve(`/steady-${mode.replaceAll(' ', '-')}`, {
        body: `<!doctype html><html lang="en"><title>Steady</title><div id="card"></div><div id="number"></div><div id="expiry"></div><div id="cvc"></div><div id="name"></div><p>below</p><script src="/cloister.js"></script><script src="/bench.js"></script><script>window.form = makeClient().collect('cards'); window.mounted = ${mount};</script></html>`,
      });
      await page.goto(`${world.shop}${path}`);
      await page.evaluate(() => (window as unknown as { mounted: Promise<void> }).mounted);
      expect(await new EarlyPage(page, world).shift(), mode).toBe(0);
    }
  });

  test('what travels is what was budgeted: the page’s script, the first frame, and nothing for each further one', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const document = await page.request.get(`${world.elements}/collect.html`);
    const body = await document.body();
    // The scripts' own budgets are `npm run size`; the document adds little around one.
    expect(gzipSync(body).byteLength).toBeLessThan(17_000);
    expect(brotliCompressSync(body).byteLength).toBeLessThan(gzipSync(body).byteLength);
    const sizes = await page.evaluate(async () => {
      await window.form.unmount();
      await window.form.field('number').mount('#number');
      return performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith('/collect.html'))
        .map((entry) => (entry as PerformanceResourceTiming).deliveryType);
    });
    expect(sizes).toHaveLength(2);
  });
});
