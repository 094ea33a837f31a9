import type { Page } from 'playwright-core';
import type { Served } from '../lab/lab.js';
import { inFreshPage } from '../measure/browser.js';
import { mount, openPage, SETTLED } from '../measure/mount.js';
import { valuesOn, watchPaint } from '../measure/painted.js';
import { markOf, trace } from '../measure/trace.js';
import { inputsOf } from '../measure/typing.js';
import { valueOf } from '../product.js';
import type { Sample } from '../results.js';
import type { Bench, Scenario } from '../scenario.js';

/** What the values of the stub begin with. */
const VALUE = 'value-';
/** A frame that was just mounted needs a moment to know that it is seen (`IntersectionObserver` v2 says so every 100 ms). */
const SEEN = 2 * SETTLED;

interface Plan {
  readonly adapter: Served;
  readonly count: number;
}

/** A real vault shows what was stored before. */
async function store(page: Page, count: number): Promise<void> {
  await mount(page, count, 'text');
  for (const [index, input] of (await inputsOf(page)).entries()) await input.fill(valueOf(index));
  await page.evaluate(async () => {
    await window.product.submit();
    window.product.unmount();
  });
}

async function mounted({ lab }: Bench, page: Page, { adapter, count }: Plan): Promise<void> {
  await openPage(page, adapter, { count, kind: 'text' });
  if (lab.realVault && adapter.name.startsWith('cloister-')) await store(page, count);
  await page.evaluate((values) => window.product.mountValues(values), count);
  await page.waitForTimeout(SEEN);
  await watchPaint(page, VALUE);
}

const revealOf =
  (count: number) =>
  (bench: Bench, adapter: Served): Promise<Sample> =>
    inFreshPage(bench.browser, async (page) => {
      await mounted(bench, page, { adapter, count });
      bench.lab.traffic.take();
      const events = await trace(page, 'marks', async () => {
        await page.evaluate(() => {
          performance.mark('bench:call');
          return window.product.reveal().then(() => undefined);
        });
        await page.waitForTimeout(SETTLED);
      });
      const shown = await valuesOn(page, VALUE);
      if (shown !== count) throw new Error(`${String(shown)} of ${String(count)} values are shown`);
      const { ts } = markOf(events, 'bench:call');
      const last = [...events].reverse();
      return {
        placed: (markOf(last, 'bench:placed').ts - ts) / 1000,
        painted: (markOf(last, 'bench:painted').ts - ts) / 1000,
        requests: bench.lab.traffic.take().length,
      };
    });

const reveal = (count: number): Scenario => ({
  name: `reveal-${String(count)}`,
  adapters: ['same-page', 'floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 7,
  sample: revealOf(count),
});

/** From the call until the last value was painted; the frames stand and are seen, the vault answers at once. */
export const revealFew: Scenario = reveal(4);
export const revealMany: Scenario = reveal(40);
