import type { FrameLocator, Locator, Page } from '@playwright/test';
import { formMarkup, type Appearance, type FormMarkupOptions } from '@cloister/bridge';
import { LABELS, type FieldName } from './bench-page.js';
import type { World } from './world.js';

export const LAYOUT = [['number'], ['expiry', 'cvc'], ['name']] as const;
const TEXTS = Object.fromEntries(Object.entries(LABELS).map(([name, label]) => [name, { label }]));

/** How a page with a form in its own markup is served. */
export interface EarlyPageOptions {
  readonly markup?: Partial<FormMarkupOptions>;
  /** What becomes of the markup before it is served. Default: nothing. */
  readonly change?: (markup: string) => string;
  /** Scripts that the page has from the start. Default: none, so that the SDK comes when a test brings it. */
  readonly scripts?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let pages = 0;

/** A page whose own markup holds the frame of a form. */
export class EarlyPage {
  readonly page: Page;
  readonly #world: World;

  constructor(page: Page, world: World) {
    this.page = page;
    this.#world = world;
  }

  async open({ markup, change = (same) => same, scripts = '', headers }: EarlyPageOptions = {}): Promise<void> {
    const { elements, hosts, shop } = this.#world;
    const written = formMarkup({ elements, collection: 'cards', layout: LAYOUT, texts: TEXTS, height: 320, ...markup });
    pages += 1;
    const path = hosts.serve(`/early-${String(pages)}`, {
      body: `<!doctype html><html lang="en"><title>Early</title><div id="card">${change(written)}</div><p id="below">below</p>${scripts}</html>`,
      ...(headers === undefined ? {} : { headers }),
    });
    await this.page.goto(`${shop}${path}`);
  }

  /** The SDK arrives. */
  async bringSdk(): Promise<void> {
    for (const url of ['/cloister.js', '/bench.js']) await this.page.addScriptTag({ url });
  }

  /** Mounts where the frame stands; answers how it was refused, or `null`. */
  mount(layout: readonly (readonly string[])[] = LAYOUT, appearance: Appearance = {}): Promise<string | null> {
    return this.page.evaluate(
      async ({ layout, texts, appearance }) => {
        window.client = window.makeClient({ timeout: 8000 });
        window.form = window.client.collect('cards', { appearance });
        try {
          await window.form.mount('#card', { layout, texts });
          return null;
        } catch (error) {
          const { name, code } = error as Error & { readonly code?: string };
          return code ?? name;
        }
      },
      { layout, texts: TEXTS, appearance },
    );
  }

  get iframes(): Locator {
    return this.page.locator('#card iframe');
  }

  frame(): FrameLocator {
    return this.page.frameLocator('#card iframe');
  }

  input(field: FieldName): Locator {
    return this.frame().getByLabel(LABELS[field]);
  }

  /** Presses real keys in a field. */
  async type(field: FieldName, text: string): Promise<void> {
    await this.input(field).click();
    await this.page.keyboard.type(text);
  }

  /** How far the page's own content has moved, as browsers count it (Layout Instability API); 0 is not at all. */
  shift(): Promise<number> {
    return this.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) total += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => setTimeout(() => resolve(total), 100));
        }),
    );
  }
}
