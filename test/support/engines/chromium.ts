import {
  chromium,
  type Browser,
  type BrowserContext,
  type ElementHandle,
  type Frame,
  type Page,
} from 'playwright-core';
import { findChromium } from '../../../scripts/browser.mjs';
import type { Engine, Modifier, Place, Session, TabDriver } from './driver.js';

class ChromiumTab implements TabDriver {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async evaluate(place: Place, expression: string): Promise<unknown> {
    return (await this.#frame(place)).evaluate(expression);
  }

  async click(place: Place, selector: string): Promise<void> {
    await (await this.#frame(place)).click(selector);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(key: string, modifiers: readonly Modifier[]): Promise<void> {
    await this.#page.keyboard.press([...modifiers, key].join('+'));
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

  screenshot(): Promise<Buffer> {
    return this.#page.screenshot();
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #frame(place: Place): Promise<Frame> {
    let frame = this.#page.mainFrame();
    for (const selector of place) {
      const iframe: ElementHandle = await frame.waitForSelector(selector, { state: 'attached' });
      const inner = await iframe.contentFrame();
      if (inner === null) throw new Error(`${selector} is no frame`);
      frame = inner;
    }
    return frame;
  }
}

class ChromiumSession implements Session {
  readonly #context: BrowserContext;
  readonly #known = new Map<Page, ChromiumTab>();

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  async open(): Promise<TabDriver> {
    return this.#tab(await this.#context.newPage());
  }

  tabs(): Promise<readonly TabDriver[]> {
    return Promise.resolve(this.#context.pages().map((page) => this.#tab(page)));
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  #tab(page: Page): ChromiumTab {
    const known = this.#known.get(page) ?? new ChromiumTab(page);
    this.#known.set(page, known);
    return known;
  }
}

/** Chromium, by the DevTools protocol. */
export async function startChromium(): Promise<Engine> {
  const executablePath = findChromium();
  const browser: Browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  return {
    name: 'chromium',
    session: async () => {
      const context = await browser.newContext();
      context.setDefaultTimeout(15_000);
      return new ChromiumSession(context);
    },
    close: () => browser.close(),
  };
}
