import { inFreshPage } from '../measure/browser.js';
import { mount, openPage } from '../measure/mount.js';
import type { Scenario } from '../scenario.js';

const scale = (count: number): Scenario => ({
  name: `scale-${String(count)}`,
  adapters: ['floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 3,
  long: true,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, { count, kind: 'text' });
      return { cold: await mount(page, count, 'text') };
    }),
});

/** The same as `ready`, cold, with more and fewer fields. */
export const SCALES: readonly Scenario[] = [1, 4, 16, 64].map(scale);
