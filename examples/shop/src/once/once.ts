import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { array, collected, decode, object, string, type Collected, DATE_TIME } from '@cloister/protocol';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.js';
import { asShown, MASTERCARD, payByFields, payByForm, VISA } from './pay.js';
import { revealNewest } from './reveal.js';
import { Walk } from './walk.js';

/** What to drive. */
export interface OnceOptions {
  /** The shop's origin. */
  readonly shop: string;
  readonly headed: boolean;
  /** Folder for screenshots. */
  readonly out: string;
}

/** What happened. */
export interface OnceReport {
  readonly ok: boolean;
  /** Everything that did not hold; empty when ok. */
  readonly problems: readonly string[];
  /** What the shop's backend got, by the kind of form. */
  readonly tokens: Readonly<Record<string, Collected['tokens']>>;
  readonly facts: Readonly<Record<string, Collected['facts']>>;
  /** What the reveal frame drew while it was asked for a masked value. */
  readonly shown: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timings: Readonly<Record<string, number>>;
}

const ordersAnswer = object({
  cards: array(object({ card: collected, saved: string({ max: 24, format: DATE_TIME }) }), { max: 50 }),
});

/** What each form should have left with the backend, in the order of paying. */
const EXPECTED = [
  { form: 'form', brand: 'visa', last4: VISA.number.slice(-4) },
  { form: 'fields', brand: 'mastercard', last4: MASTERCARD.number.slice(-4) },
] as const;

const DESKTOP = { width: 1180, height: 860 };

/**
 * Drives a real browser through the shop with real key presses: pays with the one-frame form and with a frame per field,
 * and reveals. Whatever did not hold is in `problems`; nothing is thrown for it.
 */
export async function once(options: OnceOptions): Promise<OnceReport> {
  await mkdir(options.out, { recursive: true });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    headless: !options.headed,
    slowMo: options.headed ? 60 : 0,
  });
  try {
    const context = await browser.newContext({ viewport: DESKTOP, colorScheme: 'light' });
    const walk = new Walk(await context.newPage(), options.out);
    const cards = await attempt(walk, [], () => pay(walk, options.shop));
    const masked = await attempt(walk, '', () => reveal(walk, options.shop));
    await attempt(walk, undefined, () => looks(browser, options));
    return report(walk, cards, masked);
  } finally {
    await browser.close();
  }
}

/** One part of the walk; when it fails, there is a picture of where. */
async function attempt<T>(walk: Walk, otherwise: T, part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (error) {
    walk.fail(error instanceof Error ? error.message.split('\n', 1).join('') : 'failed');
    await walk.picture('failed').catch(() => undefined);
    return otherwise;
  }
}

async function pay(walk: Walk, shop: string): Promise<readonly Collected[]> {
  await walk.page.goto(shop);
  await walk.picture('shop');
  await walk.time('payByForm', () => payByForm(walk.page, shop, () => walk.picture('checkout')));
  await walk.picture('paid');
  await walk.time('payByFields', () => payByFields(walk.page, shop, () => walk.picture('checkout-fields')));
  const cards = await orders(walk.page);
  walk.check(cards.length === EXPECTED.length, `the backend holds ${String(cards.length)} cards`);
  for (const [index, card] of cards.entries()) checkCard(walk, card, EXPECTED[index]);
  return cards;
}

/** The shop's own memory of this shopper's cards, oldest first; the contract's decoder proves that tokens are UUIDs. */
async function orders(page: Page): Promise<readonly Collected[]> {
  const answer = await page.evaluate(async () => (await fetch('/orders')).text());
  const decoded = decode(ordersAnswer, JSON.parse(answer));
  return decoded.ok ? decoded.value.cards.map(({ card }) => card) : [];
}

function checkCard(walk: Walk, card: Collected, expected: (typeof EXPECTED)[number] | undefined): void {
  const facts = card.facts['number'];
  const names = Object.keys(card.tokens).sort().join();
  walk.check(facts?.brand === expected?.brand && facts?.last4 === expected?.last4, 'the facts of a card are wrong');
  walk.check(names === 'cvc,expiry,name,number', `a card has tokens for ${names}`);
}

/** @returns what the frame drew while it was asked for the masked value. */
async function reveal(walk: Walk, shop: string): Promise<string> {
  await walk.page.goto(`${shop}/cards`);
  await walk.page.getByRole('button', { name: 'Show full number' }).first().waitFor();
  await walk.picture('cards');
  const { masked, full } = await walk.time('reveal', () => revealNewest(walk.page, () => walk.picture('revealed')));
  walk.check(masked === `•••• ${MASTERCARD.number.slice(-4)}`, 'masked is not bullets and the last four digits');
  walk.check(full.join() === asShown(MASTERCARD).join(), 'the whole card does not read as it was typed');
  return masked;
}

/** How it looks in the dark and on a phone. */
async function looks(browser: Browser, { shop, out }: OnceOptions): Promise<void> {
  const variants = [
    { name: 'dark', colorScheme: 'dark', viewport: DESKTOP },
    { name: 'phone', colorScheme: 'light', viewport: { width: 360, height: 760 } },
  ] as const;
  for (const { name, colorScheme, viewport } of variants) {
    const context = await browser.newContext({ colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(`${shop}/checkout`);
    await page.frameLocator('#card iframe').getByLabel('Card number').waitFor();
    await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
    await context.close();
  }
}

function report(walk: Walk, cards: readonly Collected[], masked: string): OnceReport {
  const byForm = <T>(part: (card: Collected) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(cards.map((card, index) => [EXPECTED[index]?.form ?? String(index), part(card)]));
  return {
    ok: walk.problems.length === 0,
    problems: walk.problems,
    tokens: byForm(({ tokens }) => tokens),
    facts: byForm(({ facts }) => facts),
    shown: { number: masked },
    timings: walk.timings,
  };
}
