import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { array, collected, decode, object, string, type Collected } from '@cloister/protocol';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.js';
import { MASTERCARD, payByFields, payByForm, VISA } from './pay.js';
import { revealNewest } from './reveal.js';

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
  cards: array(object({ card: collected, saved: string({ max: 24, format: 'date-time' }) }), { max: 50 }),
});

/** What a walk through the shop collects on its way. */
class Walk {
  readonly problems: string[] = [];
  readonly timings: Record<string, number> = {};
  readonly page: Page;
  readonly #out: string;

  constructor(page: Page, out: string) {
    this.page = page;
    this.#out = out;
    page.on('pageerror', (error) => this.problems.push(`the page threw: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`the console says: ${message.text()}`);
    });
  }

  check(holds: boolean, law: string): void {
    if (!holds) this.problems.push(law);
  }

  async time<T>(name: string, step: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await step();
    this.timings[name] = Math.round(performance.now() - start);
    return result;
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#out, `${name}.png`), fullPage: true });
  }
}

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
    return await walkThrough(browser, options);
  } finally {
    await browser.close();
  }
}

async function walkThrough(browser: Browser, { shop, out }: OnceOptions): Promise<OnceReport> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, colorScheme: 'light' });
  const walk = new Walk(await context.newPage(), out);
  let cards: readonly Collected[] = [];
  const shown: Record<string, string> = {};
  try {
    await walk.page.goto(shop);
    await walk.picture('shop');
    await walk.time('payByForm', () => payByForm(walk.page, shop, () => walk.picture('checkout')));
    await walk.picture('paid');
    await walk.time('payByFields', () => payByFields(walk.page, shop, () => walk.picture('checkout-fields')));
    cards = await orders(walk.page);
    checkCards(walk, cards);
    await walk.page.goto(`${shop}/cards`);
    await walk.page.getByRole('button', { name: 'Show full number' }).first().waitFor();
    await walk.picture('cards');
    const masked = await walk.time('reveal', () => revealNewest(walk.page, () => walk.picture('revealed')));
    shown['number'] = masked;
    walk.check(masked === `•••• ${MASTERCARD.slice(-4)}`, 'the masked value is not bullets and the last four digits');
    await looks(browser, { shop, out });
  } catch (error) {
    walk.problems.push(error instanceof Error ? (error.message.split('\n', 1)[0] ?? 'failed') : 'failed');
    await walk.picture('failed').catch(() => undefined);
  }
  const [fields, form] = [cards.at(-1), cards.at(-2)];
  return {
    ok: walk.problems.length === 0,
    problems: walk.problems,
    tokens: { form: form?.tokens ?? {}, fields: fields?.tokens ?? {} },
    facts: { form: form?.facts ?? {}, fields: fields?.facts ?? {} },
    shown,
    timings: walk.timings,
  };
}

/** The shop's own memory of this shopper's cards, oldest first; the contract's decoder proves that tokens are UUIDs. */
async function orders(page: Page): Promise<readonly Collected[]> {
  const answer: unknown = await page.evaluate(async () => (await fetch('/orders')).json());
  const decoded = decode(ordersAnswer, answer);
  return decoded.ok ? decoded.value.cards.map(({ card }) => card) : [];
}

function checkCards(walk: Walk, cards: readonly Collected[]): void {
  walk.check(cards.length === 2, `the backend holds ${String(cards.length)} cards, not 2`);
  const expected = [
    { brand: 'visa', last4: VISA.slice(-4) },
    { brand: 'mastercard', last4: MASTERCARD.slice(-4) },
  ];
  for (const [index, { brand, last4 }] of expected.entries()) {
    const card = cards[index];
    const facts = card?.facts['number'];
    walk.check(facts?.brand === brand && facts.last4 === last4, `the facts of the ${brand} card are wrong`);
    const names = Object.keys(card?.tokens ?? {})
      .sort()
      .join();
    walk.check(names === 'cvc,expiry,name,number', `the ${brand} card has tokens for ${names}`);
  }
}

/** How it looks in the dark and on a phone. */
async function looks(browser: Browser, { shop, out }: Pick<OnceOptions, 'shop' | 'out'>): Promise<void> {
  const variants = [
    { name: 'dark', colorScheme: 'dark', viewport: { width: 1180, height: 860 } },
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
