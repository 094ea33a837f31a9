import type { Page } from 'playwright-core';
import type { Served } from '../lab/lab.js';
import type { FieldKind } from '../product.js';
import type { Purpose } from '../adapter.js';

/** Opens an adapter's page and leaves it alone until it has loaded and has nothing to do. */
export async function openPage(page: Page, adapter: Served, purpose: Purpose): Promise<void> {
  await page.goto(adapter.address(purpose));
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 })));
}

/** Mounts on the page that is open; answers the milliseconds until all fields can be typed into. */
export const mount = (page: Page, count: number, kind: FieldKind): Promise<number> =>
  page.evaluate(
    async ([fields, what]) => {
      const start = performance.now();
      await window.product.mount(fields, what);
      return performance.now() - start;
    },
    [count, kind] as const,
  );

/** What is mounted off the critical path (a coordinator, a key) has been by then. */
export const SETTLED = 200;
