import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import type { Inventory } from '@cloister/csp';
import { within } from '../check/within.js';
import { CliFailure } from '../failure.js';
import { channelOf, type Channel } from './channel.js';
import { classify, each, plainAddress } from './classify.js';
import { elementsOf } from './elements.js';
import { textAt } from './read-at.js';
import { Recorder } from './recorder.js';
import { profilesOf } from './profiles.js';
import { shopAround } from './shop-around.js';
import { standingIn } from './standing.js';

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
export interface Visited extends Opened {
  readonly inventory: Inventory;
}

interface Opened {
  readonly page: Page;
  readonly channel: Channel;
  readonly response: Response;
}

const PATIENCE = 20_000;
/** Milliseconds for everything that is done in a page beside loading and staying. */
const HANDLING = 30_000;

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

async function load(page: Page, url: string): Promise<Response> {
  const response = await page.goto(url, { waitUntil: 'load', timeout: PATIENCE }).catch(() => null);
  if (response === null)
    throw new CliFailure('unreachable', `${url} did not load within ${String(PATIENCE / 1000)} seconds`);
  // A page that says that something went wrong is not the page: that nothing is wrong with it would be no news.
  if (response.status() >= 400) throw new CliFailure('unreachable', `${url} answered ${String(response.status())}`);
  return response;
}

/**
 * Opens a page in a real browser as a customer would, moves about in it, and knows every script of it.
 *
 * @param look what else is to be seen of the page, while it is open.
 * @throws CliFailure `unreachable` when it does not load, answers 400 or more, or lets nothing be asked of it.
 */
export async function visitPage<T>(browser: Browser, visit: Visit, look: (visited: Visited) => Promise<T>): Promise<T> {
  const context = await browser.newContext(visit.profile ?? customer(browser));
  try {
    const page = await context.newPage();
    const channel = channelOf(await context.newCDPSession(page));
    const recorder = new Recorder();
    await recorder.document(channel);
    const leaveShared = await followShared(browser, channel, recorder);
    const response = await load(page, visit.url);
    const opened = { page, channel, response };
    const seen = stayIn(opened, visit, recorder).then((inventory) => look({ ...opened, inventory }));
    const answer = await within(visit.stay + HANDLING, visit.url, seen);
    await leaveShared();
    return answer;
  } finally {
    await context.close();
  }
}

async function stayIn({ page, channel, response }: Opened, { url, stay }: Visit, recorder: Recorder) {
  await shopAround(page);
  await page.waitForTimeout(stay);
  const ran = classify(await recorder.stop(), response.url());
  const scripts = each([...ran, ...standingIn(await elementsOf(channel, page.url()))]);
  const [asked, landed] = [plainAddress(url), plainAddress(page.url())];
  const led = landed === asked ? {} : { led: landed };
  return { page: asked, ...led, seen: new Date().toISOString(), scripts } satisfies Inventory;
}
