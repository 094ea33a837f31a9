import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { ValueState, RevealOptions, ValueOptions } from '@cloister/bridge';
import type { Mode } from './bench-page.js';
import type { World } from './world.js';

/** One value that a test shows; `at` names the mount point when it has a frame of its own. */
export interface Shown extends ValueOptions {
  readonly token: string;
  readonly at: string;
}

/** What a test changes about the view. */
export interface ViewOptions {
  /** Path of the session endpoint. Default: `/session`. */
  readonly session?: string;
  readonly look?: RevealOptions;
}

export type ShowOutcome =
  { readonly ok: true; readonly states: readonly ValueState[] } | { readonly ok: false; readonly code: string };

/** Drives the bench page as "my cards": values by their tokens, in one frame or one each. */
export class RevealBench {
  readonly page: Page;
  readonly #world: World;

  constructor(page: Page, world: World) {
    this.page = page;
    this.#world = world;
  }

  /** Opens the page and mounts the values, all hidden. */
  async mount(
    mode: Mode,
    values: readonly Shown[],
    { session = '/session', look = {} }: ViewOptions = {},
  ): Promise<void> {
    await this.page.goto(`${this.#world.shop}/bench`);
    await this.page.evaluate((path) => {
      window.client = window.makeClient({ session: window.sessionAt(path) });
    }, session);
    await this.mountHere(mode, values, look);
  }

  /** The same with the client that the page has. */
  mountHere(mode: Mode, values: readonly Shown[], look: RevealOptions = {}): Promise<void> {
    return this.page.evaluate(
      async ({ mode, values, look }) => {
        window.view = window.client.reveal(look);
        window.values = values.map(({ token, at: _, ...options }) => window.view.value(token, options));
        if (mode === 'one frame') await window.view.mount('#reveal');
        else await Promise.all(window.values.map((value, index) => value.mount(`#${values[index]?.at ?? ''}`)));
      },
      { mode, values, look },
    );
  }

  show(): Promise<ShowOutcome> {
    return this.page.evaluate(async (): Promise<ShowOutcome> => {
      try {
        return { ok: true, states: await window.view.show() };
      } catch (error) {
        const { code, message } = error as { code?: string; message?: string };
        return { ok: false, code: code ?? String(message) };
      }
    });
  }

  hide(): Promise<void> {
    return this.page.evaluate(() => {
      window.view.hide();
    });
  }

  states(): Promise<readonly ValueState[]> {
    return this.page.evaluate(() => window.view.state);
  }

  /** What stands on screen for a value. */
  value(label: string, mode: Mode, at: string): Locator {
    return this.#frame(mode, at).getByRole('status', { name: label });
  }

  copyButton(mode: Mode, at: string): Locator {
    return this.#frame(mode, at).getByRole('button');
  }

  #frame(mode: Mode, at: string): FrameLocator {
    return this.page.frameLocator(mode === 'one frame' ? '#reveal iframe' : `#${at} iframe`);
  }
}
