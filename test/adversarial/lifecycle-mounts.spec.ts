import type { Page } from '@playwright/test';
import { BenchPage, MODES, VISA } from '../support/bench-page.js';
import { countPage, growth, type PageCount } from '../support/page-count.js';
import { heapOf } from '../support/task-trace.js';
import { expect, test } from '../support/test.js';

/** How often; `CLOISTER_SOAK` asks for more. */
const CYCLES = Number(process.env['CLOISTER_SOAK'] ?? 20);
const KILOBYTE = 1024;
/**
 * Snapshots before and after 60 mounts and 40 clients show no object of ours more. What grows, 0.2 to 0.5 kB a cycle, is the
 * browser's: an entry of the performance timeline for each frame that was loaded, and code that it compiles better.
 */
const HEAP_PER_CYCLE = KILOBYTE;

/** Mounts a field and takes it away again, so many times. */
const mountAndUnmount = (page: Page, times: number): Promise<void> =>
  page.evaluate(async (times) => {
    for (let cycle = 0; cycle < times; cycle += 1) {
      await window.form.mount('#card', { layout: [['number']] });
      window.form.unmount();
    }
  }, times);

/** A client with a form that is mounted, and then destroyed with all that it made, so many times. */
const createAndDestroy = (page: Page, times: number): Promise<void> =>
  page.evaluate(async (times) => {
    for (let cycle = 0; cycle < times; cycle += 1) {
      const client = window.makeClient();
      const form = client.collect('cards');
      form.on('change', () => undefined);
      await form.mount('#card', { layout: [['number']] });
      client.destroy();
    }
  }, times);

test.describe('many mounts', { tag: '@alone' }, () => {
  test.describe.configure({ timeout: 60_000 + CYCLES * 2000 });

  test(`A70 ${String(CYCLES)} mounts, and a tenth as many clients, leave no frame, node, listener or memory in the page or the coordinator`, async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const coordinator = await bench.enter('one frame');
    await page.evaluate(() => {
      window.form.unmount();
    });
    // What is made once (caches, compiled code) is made now.
    await mountAndUnmount(page, 10);
    await createAndDestroy(page, 5);
    const counted = async (): Promise<PageCount & { readonly coordinator: number }> => ({
      ...(await countPage(page)),
      coordinator: await heapOf(coordinator),
    });
    const before = await counted();
    await mountAndUnmount(page, CYCLES);
    await createAndDestroy(page, CYCLES / 10);
    const after = await counted();
    test.info().annotations.push({ type: 'growth', description: JSON.stringify(growth(before, after)) });
    expect(after).toMatchObject({
      frames: before.frames,
      elements: before.elements,
      windowListeners: before.windowListeners,
    });
    // A leak of one per cycle would show as so many.
    expect(after.nodes - before.nodes).toBeLessThan(CYCLES / 2);
    expect(after.listeners - before.listeners).toBeLessThan(CYCLES / 2);
    expect(after.heap - before.heap).toBeLessThan(64 * KILOBYTE + CYCLES * HEAP_PER_CYCLE);
    expect(after.coordinator - before.coordinator).toBeLessThan(64 * KILOBYTE + CYCLES * HEAP_PER_CYCLE);
    // And the form of the beginning works.
    await page.evaluate(() => window.form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']] }));
    expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
  });

  test('A70 the count would notice a frame, a node, a listener and memory that stay', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.open();
    const before = await countPage(page);
    await page.evaluate(() => {
      const kept: unknown[] = [];
      for (let index = 0; index < 100; index += 1)
        kept.push(document.createElement('div'), 'x'.repeat(10_000) + String(index));
      window.addEventListener('message', () => kept);
      document.body.append(document.createElement('iframe'));
    });
    const { frames, elements, windowListeners, nodes, listeners } = growth(before, await countPage(page));
    expect({ frames, elements, windowListeners }).toEqual({ frames: 1, elements: 1, windowListeners: 1 });
    expect(nodes).toBeGreaterThanOrEqual(100);
    expect(listeners).toBeGreaterThanOrEqual(1);
  });
});

for (const mode of MODES) {
  test(`A13 a stale answer is not believed: what a frame says after it was taken away changes nothing, ${mode}`, async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(mode);
    await bench.fill(VISA, mode);
    // Calls are under way when their frames go; the states that they would answer are those of values that are gone.
    const late = await page.evaluate(async () => {
      const code = (error: unknown): string => (error as { readonly code: string }).code;
      const asked = [window.form.validate().catch(code), window.form.submit().catch(code)];
      window.form.unmount();
      return [await Promise.all(asked), window.form.state];
    });
    expect(late).toEqual([
      [expect.any(String), expect.any(String)],
      expect.objectContaining({ complete: false, fields: {} }),
    ]);
    await page.waitForTimeout(100);
    expect(await bench.state()).toMatchObject({ complete: false, fields: {} });
  });
}
