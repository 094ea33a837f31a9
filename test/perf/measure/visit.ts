import type { Page } from 'playwright-core';
import type { Purpose } from '../adapter.js';
import type { Exchange } from '../lab/traffic.js';
import type { Lab, Served } from '../lab/lab.js';
import { mount, openPage } from './mount.js';

/** After the fields are there, what was kept off their way has come by then. */
const AFTERWARDS = 700;

/** What a visit asked the servers for, apart from the page itself. */
export interface Visit {
  readonly untilReady: readonly Exchange[];
  readonly afterwards: readonly Exchange[];
  /** Paths of documents in frames that nobody sees. */
  readonly hidden: readonly string[];
}

const hiddenFrames = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('iframe')]
      .filter((iframe) => !iframe.checkVisibility({ visibilityProperty: true }))
      .map(({ src }) => new URL(src).pathname),
  );

/** Opens the page and mounts, and answers what reached the servers. */
export async function visit(
  lab: Lab,
  page: Page,
  { adapter, purpose }: { readonly adapter: Served; readonly purpose: Purpose },
): Promise<Visit> {
  lab.traffic.take();
  await openPage(page, adapter, purpose);
  await mount(page, purpose.count, purpose.kind);
  const own = new URL(adapter.address(purpose)).pathname;
  const untilReady = lab.traffic.take().filter(({ path }) => path !== own);
  await page.waitForTimeout(AFTERWARDS);
  return { untilReady, afterwards: lab.traffic.take(), hidden: await hiddenFrames(page) };
}
