import { inFreshPage } from '../measure/browser.js';
import { markOf, scriptTime, taskTime, trace } from '../measure/trace.js';
import type { Scenario } from '../scenario.js';

/** What the page's main thread does until four fields are mounted: loading, compiling and running the SDK, and its messages. */
export const host: Scenario = {
  name: 'host',
  adapters: ['floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 7,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      const events = await trace(page, 'work', async () => {
        await page.goto(adapter.address({ count: 4, kind: 'card' }, 'once'));
        await page.evaluate(() => window.ready);
      });
      const { pid, tid, ts } = markOf(events, 'bench:ready');
      const stretch = { pid, tid, from: 0, to: ts };
      return { script: scriptTime(events, stretch), tasks: taskTime(events, stretch) };
    }),
};
