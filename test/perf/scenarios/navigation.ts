import { inFreshPage } from '../measure/browser.js';
import type { Scenario } from '../scenario.js';

/** A phone on a good day: what a frame costs is mostly the way there. */
const SHAPE = { roundTrip: 50, downlink: 10_000_000 };

/** From the navigation of the page until all four fields can be typed into, over a network with a delay. */
export const navigation: Scenario = {
  name: 'navigation',
  adapters: [
    'floor-frame',
    'floor-markup',
    'floor-keyed-frame',
    'floor-keyed-markup',
    'cloister-frame',
    'cloister-markup',
  ],
  rounds: 10,
  sample: async ({ browser, lab }, adapter) => {
    lab.link.shape(SHAPE);
    try {
      return await inFreshPage(browser, async (page) => {
        await page.goto(adapter.address({ count: 4, kind: 'card' }, 'once'), { waitUntil: 'commit' });
        await page.waitForLoadState('domcontentloaded');
        return { ready: await page.evaluate(() => window.ready) };
      });
    } finally {
      lab.link.shape(undefined);
    }
  },
};
