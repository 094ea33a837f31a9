import { inFreshPage } from '../measure/browser.js';
import { heapOfAll } from '../measure/heap.js';
import { mount, openPage, SETTLED } from '../measure/mount.js';
import type { Scenario } from '../scenario.js';

const memory = (count: number): Scenario => ({
  name: `memory-${String(count)}`,
  adapters: ['same-page', 'bare-frames', 'floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 3,
  long: true,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, { count, kind: 'text' });
      await mount(page, count, 'text');
      await page.waitForTimeout(2 * SETTLED);
      return { heap: await heapOfAll(page) };
    }),
});

/** What scripts hold in the page and in all frames while so many fields are mounted, in kilobytes. */
export const MEMORIES: readonly Scenario[] = [4, 40].map(memory);
