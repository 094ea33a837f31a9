import { inFreshPage } from '../measure/browser.js';
import { mount, openPage, SETTLED } from '../measure/mount.js';
import type { Scenario } from '../scenario.js';

const CARD = { count: 4, kind: 'card' } as const;

/**
 * From just before `mount` until all four fields can be typed into. Cold: a context of its own. Warm: another tab of that context
 * after the first was closed, so with its caches and without its processes.
 */
export const ready: Scenario = {
  name: 'ready',
  adapters: [
    'same-page',
    'bare-frames',
    'floor-frames',
    'floor-frame',
    'floor-keyed-frames',
    'floor-keyed-frame',
    'cloister-frames',
    'cloister-frame',
  ],
  rounds: 10,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page, context) => {
      await openPage(page, adapter, CARD);
      const cold = await mount(page, CARD.count, CARD.kind);
      await page.waitForTimeout(SETTLED);
      await page.close();
      const second = await context.newPage();
      await second.waitForTimeout(SETTLED);
      await openPage(second, adapter, CARD);
      return { cold, warm: await mount(second, CARD.count, CARD.kind) };
    }),
};
