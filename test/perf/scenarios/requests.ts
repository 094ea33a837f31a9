import { inFreshPage } from '../measure/browser.js';
import { visit, type Visit } from '../measure/visit.js';
import type { Scenario } from '../scenario.js';

const purpose = { count: 4, kind: 'card' } as const;
const all = ({ untilReady, afterwards }: Visit): number => untilReady.length + afterwards.length;

/** Requests that reached a server when four fields are mounted, apart from the page's own; the warm visit is another tab's. */
export const requests: Scenario = {
  name: 'requests',
  adapters: ['same-page', 'bare-frames', 'floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 1,
  warmUp: false,
  sample: ({ browser, lab }, adapter) =>
    inFreshPage(browser, async (page, context) => {
      const first = await visit(lab, page, { adapter, purpose });
      await page.close();
      const second = await visit(lab, await context.newPage(), { adapter, purpose });
      return {
        cold: all(first),
        'cold, until ready': first.untilReady.length,
        warm: all(second),
        'warm, until ready': second.untilReady.length,
      };
    }),
};
