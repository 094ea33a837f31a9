import { writeFile } from 'node:fs/promises';
import { inFreshPage } from '../measure/browser.js';
import { mount, openPage } from '../measure/mount.js';
import { trace } from '../measure/trace.js';
import { ROOT } from '../root.js';
import type { Scenario } from '../scenario.js';

const CARD = { count: 4, kind: 'card' } as const;
/** What comes after the fields are there. */
const AFTERWARDS = 500;

/**
 * Writes down what all processes do while four fields are mounted, for a person to look at: `test-results/trace-<adapter>.json`
 * opens in ui.perfetto.dev and in DevTools' performance panel. No figure, so it runs only when it is named.
 */
export const traces: Scenario = {
  name: 'trace',
  adapters: ['floor-frames', 'floor-frame', 'floor-keyed-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 1,
  warmUp: false,
  onDemand: true,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, CARD);
      const traceEvents = await trace(page, 'work', async () => {
        await mount(page, CARD.count, CARD.kind);
        await page.waitForTimeout(AFTERWARDS);
      });
      await writeFile(`${ROOT}test-results/trace-${adapter.name}.json`, JSON.stringify({ traceEvents }));
      return {};
    }),
};
