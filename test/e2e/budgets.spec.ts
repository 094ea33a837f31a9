import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { BenchPage, LABELS, MODES } from '../support/bench-page.js';
import { EarlyPage } from '../support/early-page.js';
import { inlineScript } from '../support/inline-script.js';
import { laidOut } from '../support/laid-out.js';
import { SiteRequests } from '../support/site-requests.js';
import { expect, test } from '../support/test.js';
import { startWorld } from '../support/world.js';

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
    const note = (way: 'in' | 'out', data: Sent): void =>
      void window.said.push([way, data.cloister ?? data.type, ...(data.methodPath ?? [])].join(' '));
    window.addEventListener('message', ({ data }: MessageEvent<Sent>) => note('in', data), true);
    const { postMessage, addEventListener } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (message: Sent) {
      note('out', message);
      postMessage.call(this, message);
    };
    MessagePort.prototype.addEventListener = function (type: string, ...rest: [never, never]) {
      if (type === 'message')
        addEventListener.call(this, type, (event) => note('in', (event as MessageEvent<Sent>).data));
      addEventListener.call(this, type, ...rest);
    };
  });
}

for (const mode of MODES) {
  test.describe(`budgets, ${mode}`, () => {
    test('a form of four fields takes one request on the first visit, one more when it is entered, and none on the next', async ({
      page,
    }) => {
      const requests = new SiteRequests();
      const world = await startWorld({ served: (site) => requests.of(site) });
      try {
        const bench = new BenchPage(page, world);
        await bench.mountCard(mode);
        await page.waitForTimeout(500);
        expect(requests.asked).toEqual(['/collect.html']);
        await bench.enter(mode);
        expect(requests.asked).toEqual(['/collect.html', `/b/${world.site.build}/coordinator.html`]);
        requests.asked = [];
        await bench.mountCard(mode);
        await bench.enter(mode);
        expect(requests.asked).toEqual([]);
        // Nor does any further frame, of this form or another.
        await page.evaluate(() => window.client.collect('quiet').field('note').mount('#reveal'));
        expect(requests.asked).toEqual([]);
      } finally {
        await world.close();
      }
    });

    test('a frame can be typed into when it greets, and no call is waited for', async ({ page, world }) => {
      await noteMessages(page);
      const bench = new BenchPage(page, world);
      await bench.open();
      const said = await page.evaluate(
        async ({ mode, labels }) => {
          window.form = window.makeClient().collect('cards');
          if (mode === 'one frame')
            await window.form.mount('#card', { layout: Object.keys(labels).map((name) => [name]) });
          else await window.form.field('number').mount('#number');
          return window.said;
        },
        { mode, labels: LABELS },
      );
      expect(said).toEqual(['in hello']);
    });
  });
}

test.describe('budgets', () => {
  for (const mode of MODES)
    test(`a form moves nothing on a page that keeps its place for it, ${mode}`, async ({ page, world }) => {
      const mount =
        mode === 'one frame'
          ? "form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']] })"
          : "Promise.all(['number', 'expiry', 'cvc', 'name'].map((name) => form.field(name).mount('#' + name)))";
      // A page moves only what it has painted.
      const visit = async (height: number): Promise<number> => {
        const places = ['card', 'number', 'expiry', 'cvc', 'name'].map((id) => `<div id="${id}"></div>`).join('');
        const path = world.hosts.serve(`/kept-${String(height)}`, {
          body: `<!doctype html><html lang="en"><title>Kept</title><div id="all" style="min-height:${String(height)}px">${places}</div><p>below</p><script src="/cloister.js"></script><script src="/bench.js"></script><script>window.form = makeClient().collect('cards'); window.mounted = new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))).then(() => ${mount});</script></html>`,
        });
        await page.goto(`${world.shop}${path}`);
        await page.evaluate(() => (window as unknown as { mounted: Promise<void> }).mounted);
        for (const id of mode === 'one frame' ? ['card'] : ['number', 'expiry', 'cvc', 'name'])
          await laidOut(page, `#${id}`);
        return new EarlyPage(page, world).shift();
      };
      expect(await visit(1)).toBeGreaterThan(0);
      const height = await page.locator('#all').evaluate((place) => (place as HTMLElement).offsetHeight);
      expect(await visit(height)).toBe(0);
    });

  test('a document, with the policy in it, adds less than 400 bytes to its script, whose budget the sizes have, and is smaller in brotli', ({
    world,
  }) => {
    const body = world.site.files.get('/collect.html')?.body ?? new Uint8Array();
    const around = gzipSync(body).byteLength - gzipSync(inlineScript(body)).byteLength;
    expect(around).toBeGreaterThan(0);
    expect(around).toBeLessThan(400);
    expect(brotliCompressSync(body).byteLength).toBeLessThan(gzipSync(body).byteLength);
  });
});
