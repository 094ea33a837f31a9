import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import type { Inventory } from '@cloister/csp';
import { CliFailure } from '../failure.js';
import { channelOf, type Channel } from './channel.js';
import { classify, plainAddress } from './classify.js';
import { textAt } from './read-at.js';
import { Recorder } from './recorder.js';
import { profilesOf } from './profiles.js';
import { shopAround } from './shop-around.js';

/** As a browser with a window calls itself. */
const customer = (browser: Browser): BrowserContextOptions => profilesOf(browser)[0]?.context ?? {};

/** How a page is visited. */
export interface Visit {
  readonly url: string;
  /** Milliseconds that it is stayed in after it has loaded and was moved about in. */
  readonly stay: number;
  /** What the visitor has for a browser. Default: that of this machine. */
  readonly profile?: BrowserContextOptions;
}

/** A page that is open, and was seen from its first moment. */
export interface Visited {
  readonly page: Page;
  readonly channel: Channel;
  readonly response: Response;
  readonly inventory: Inventory;
}

const PATIENCE = 20_000;

/** Shared workers belong to no page, so that no line of a page leads to them. */
async function followShared(browser: Browser, channel: Channel, recorder: Recorder): Promise<() => Promise<void>> {
  const session = await browser.newBrowserCDPSession();
  const whole = channelOf(session);
  const context = textAt(await channel.send('Target.getTargetInfo'), 'targetInfo', 'browserContextId');
  whole.hear((event, params) => {
    if (event === 'Target.attachedToTarget') recorder.attached(whole, params).catch(() => undefined);
    if (event !== 'Target.targetCreated' || textAt(params, 'targetInfo', 'type') !== 'shared_worker') return;
    if (textAt(params, 'targetInfo', 'browserContextId') !== context) return;
    const targetId = textAt(params, 'targetInfo', 'targetId');
    whole.send('Target.attachToTarget', { targetId, flatten: false }).catch(() => undefined);
  });
  await whole.send('Target.setDiscoverTargets', { discover: true });
  return () => session.detach();
}

async function load(page: Page, { url, stay }: Visit): Promise<Response> {
  const response = await page.goto(url, { waitUntil: 'load', timeout: PATIENCE }).catch(() => null);
  if (response === null)
    throw new CliFailure('unreachable', `${url} did not load within ${String(PATIENCE / 1000)} seconds`);
  await shopAround(page);
  await page.waitForTimeout(stay);
  return response;
}

/**
 * Opens a page in a real browser as a customer would, moves about in it, and knows every script of it.
 *
 * @param look what else is to be seen of the page, while it is open.
 * @throws CliFailure `unreachable`
 */
export async function visitPage<T>(browser: Browser, visit: Visit, look: (visited: Visited) => Promise<T>): Promise<T> {
  const context = await browser.newContext(visit.profile ?? customer(browser));
  try {
    const page = await context.newPage();
    const channel = channelOf(await context.newCDPSession(page));
    const recorder = new Recorder();
    await recorder.document(channel);
    const leaveShared = await followShared(browser, channel, recorder);
    const response = await load(page, visit);
    const scripts = classify(await recorder.stop(), response.url());
    await leaveShared();
    const seen = new Date().toISOString();
    return await look({ page, channel, response, inventory: { page: plainAddress(visit.url), seen, scripts } });
  } finally {
    await context.close();
  }
}
