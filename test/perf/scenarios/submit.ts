import type { Page } from 'playwright-core';
import { inFreshPage } from '../measure/browser.js';
import { mount, openPage, SETTLED } from '../measure/mount.js';
import { summarise } from '../measure/statistics.js';
import { CARD_KEYS, retype, typeCard } from '../measure/typing.js';
import type { Scenario } from '../scenario.js';

const CARD = { count: 4, kind: 'card' } as const;
const CVC = 2;
const MORE = 3;

const submitted = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const start = performance.now();
    await window.product.submit();
    return performance.now() - start;
  });

/**
 * From `submit()` to the tokens, with a session at hand and a vault that answers at once. The security code is typed again
 * before each further one, because nobody may keep it.
 */
export const submit: Scenario = {
  name: 'submit',
  adapters: ['same-page', 'floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 10,
  sample: ({ browser, lab }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, CARD);
      await mount(page, CARD.count, CARD.kind);
      const inputs = await typeCard(page);
      await page.waitForTimeout(SETTLED);
      lab.traffic.take();
      const first = await submitted(page);
      const requests = lab.traffic.take().length;
      const again: number[] = [];
      for (let round = 0; round < MORE; round += 1) {
        await retype(page, inputs[CVC], CARD_KEYS[CVC]);
        await page.waitForTimeout(SETTLED);
        again.push(await submitted(page));
      }
      return { first, again: summarise(again).median, requests };
    }),
};
