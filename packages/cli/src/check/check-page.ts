import type { Browser, Page, Response } from 'playwright-core';
import { lint, type Finding, type Outcome } from '@cloister/csp';
import { CliFailure } from '../failure.js';
import { drillPage } from './drill-page.js';
import { listenIn, observe, type Observation } from './observe.js';
import { probe, type Probe } from './probe.js';
import { startStranger } from './stranger.js';
import { within } from './within.js';

/** Everything that was found out about a page. */
export interface PageCheck {
  readonly observation: Observation;
  /** What its policies lack. */
  readonly findings: readonly Finding[];
  /** `undefined` where no configuration says which frames the page needs. */
  readonly probe: Probe | undefined;
  /** `undefined` where nobody asked for the drill. */
  readonly drill: readonly Outcome[] | undefined;
  /** PNG. */
  readonly screenshot: Uint8Array;
  readonly milliseconds: number;
}

export interface CheckWish {
  readonly url: string;
  readonly elements: string | undefined;
  readonly drill: boolean;
  /** Whether the browser shall do as if the page had no policy, to see what the policy is for. Default: false. */
  readonly withoutPolicy?: boolean;
}

const PATIENCE = 15_000;
/** For what is asked of a page that has loaded; and for the attempts, some of which are waited for. */
const LONGEST_LOOK = 45_000;
const LONGEST_DRILL = 120_000;
/** What a page loads after its `load` event has come by then, as a rule. */
const AFTERWARDS = 500;

interface Opened {
  readonly page: Page;
  readonly response: Response | null;
}

async function open(browser: Browser, { url, withoutPolicy = false }: CheckWish): Promise<Opened> {
  const context = await browser.newContext({ bypassCSP: withoutPolicy });
  const page = await context.newPage();
  await listenIn(page);
  try {
    const response = await page.goto(url, { waitUntil: 'load', timeout: PATIENCE });
    await page.waitForTimeout(AFTERWARDS);
    return { page, response };
  } catch {
    await context.close();
    throw new CliFailure('unreachable', `${url} did not load within ${String(PATIENCE / 1000)} seconds`);
  }
}

async function drilled(browser: Browser, wish: CheckWish): Promise<readonly Outcome[]> {
  const stranger = await startStranger();
  const { page } = await open(browser, wish);
  try {
    return await within(LONGEST_DRILL, wish.url, drillPage(page, stranger));
  } finally {
    await page.context().close();
    await stranger.close();
  }
}

async function looked(browser: Browser, wish: CheckWish) {
  const { page, response } = await open(browser, wish);
  try {
    return await within(LONGEST_LOOK, wish.url, lookAt(page, response, wish.elements));
  } finally {
    await page.context().close();
  }
}

async function lookAt(page: Page, response: Response | null, elements: string | undefined) {
  const observation = await observe(page, response);
  const screenshot = await page.screenshot();
  return { observation, screenshot, probe: elements === undefined ? undefined : await probe(page, elements) };
}

const named = ({ headers }: Observation, name: string): readonly string[] =>
  headers.flatMap(([each, value]) => (each === name ? [value] : []));

const findingsOf = (seen: Observation, elements: string | undefined): readonly Finding[] =>
  lint({
    enforced: named(seen, 'content-security-policy'),
    reported: named(seen, 'content-security-policy-report-only'),
    meta: seen.meta,
    headers: Object.fromEntries(seen.headers),
    origin: new URL(seen.url).origin,
    ...(elements === undefined ? {} : { needs: { frames: [elements] } }),
  });

/** Opens a page in a real browser and finds out what its policies make of it: once to look, once to attack. */
export async function checkPage(browser: Browser, wish: CheckWish): Promise<PageCheck> {
  const begin = performance.now();
  const [seen, drill] = await Promise.all([
    looked(browser, wish),
    wish.drill ? drilled(browser, wish) : Promise.resolve(undefined),
  ]);
  const findings = findingsOf(seen.observation, wish.elements);
  return { ...seen, findings, drill, milliseconds: Math.round(performance.now() - begin) };
}
