import type { Page } from 'playwright-core';
import { countPage, growth } from '../../support/page-count.js';
import { inFreshPage } from '../measure/browser.js';
import { openPage } from '../measure/mount.js';
import type { Scenario } from '../scenario.js';

const CARD = { count: 4, kind: 'card' } as const;
/** Until pools and caches are as large as they get. */
const BEFORE = 20;
const CYCLES = 100;

const cycle = (page: Page, times: number): Promise<void> =>
  page.evaluate(
    async ([rounds, count, kind]) => {
      for (let round = 0; round < rounds; round += 1) {
        await window.product.mount(count, kind);
        window.product.unmount();
      }
    },
    [times, CARD.count, CARD.kind] as const,
  );

/** What 100 cycles of mount and unmount leave behind in the page, after a collection; heap in kilobytes. */
export const leak: Scenario = {
  name: 'leak',
  adapters: ['floor-frame', 'cloister-frame'],
  rounds: 1,
  long: true,
  warmUp: false,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, CARD);
      await cycle(page, BEFORE);
      const before = await countPage(page);
      await cycle(page, CYCLES);
      const { frames = 0, nodes = 0, listeners = 0, heap = 0 } = growth(before, await countPage(page));
      return { frames, nodes, listeners, heap: heap / 1024 };
    }),
};
