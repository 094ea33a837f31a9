import { inFreshPage } from '../measure/browser.js';
import { markOf, scriptTime, taskTime, trace, type Stretch } from '../measure/trace.js';
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
      const until = (to: number): Stretch => ({ pid, tid, from: 0, to });
      return {
        'script before mount': scriptTime(events, until(markOf(events, 'bench:start').ts)),
        script: scriptTime(events, until(ts)),
        tasks: taskTime(events, until(ts)),
      };
    }),
};
