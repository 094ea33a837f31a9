import puppeteer, {
  TimeoutError,
  type Browser,
  type BrowserContext,
  type Frame,
  type KeyInput,
  type Page,
} from 'puppeteer-core';
import { findFirefox } from '../../../scripts/lib/engines.mjs';
import type { Engine, Modifier, Place, Session, TabDriver } from './driver.js';

const PATIENCE = 15_000;
/** A page of ours is there in a fraction of it. */
const USUAL = 6000;

class FirefoxTab implements TabDriver {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    try {
      await this.#page.goto(url, { timeout: USUAL });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      // A page that isolates itself moves to another process, and the driver may not hear that it loaded there. Now it is there.
      await this.#page.goto(url);
    }
  }

  async evaluate(place: Place, expression: string): Promise<unknown> {
    return (await this.#frame(place)).evaluate(expression);
  }

  async click(place: Place, selector: string): Promise<void> {
    const element = await (await this.#frame(place)).waitForSelector(selector, { visible: true });
    await element?.click();
    await element?.dispose();
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(key: string, modifiers: readonly Modifier[]): Promise<void> {
    for (const modifier of modifiers) await this.#page.keyboard.down(modifier);
    await this.#page.keyboard.press(key as KeyInput);
    for (const modifier of modifiers.toReversed()) await this.#page.keyboard.up(modifier);
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  show(): Promise<void> {
    return this.#page.bringToFront();
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot());
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #frame(place: Place): Promise<Frame> {
    let frame = this.#page.mainFrame();
    for (const selector of place) {
      const iframe = await frame.waitForSelector(selector);
      frame = (await iframe?.contentFrame()) ?? frame;
      await iframe?.dispose();
    }
    return frame;
  }
}

class FirefoxSession implements Session {
  readonly #context: BrowserContext;
  readonly #known = new Map<Page, FirefoxTab>();

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  async open(): Promise<TabDriver> {
    const page = await this.#context.newPage();
    page.setDefaultTimeout(PATIENCE);
    return this.#tab(page);
  }

  async tabs(): Promise<readonly TabDriver[]> {
    return (await this.#context.pages()).map((page) => this.#tab(page));
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  #tab(page: Page): FirefoxTab {
    const known = this.#known.get(page) ?? new FirefoxTab(page);
    this.#known.set(page, known);
    return known;
  }
}

/** Firefox, by WebDriver BiDi: Playwright's own way sends no keys into a frame of another site. */
export async function startFirefox(): Promise<Engine> {
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error('there is no Firefox');
  const browser: Browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  return {
    name: 'firefox',
    session: async () => new FirefoxSession(await browser.createBrowserContext()),
    close: () => browser.close(),
  };
}
