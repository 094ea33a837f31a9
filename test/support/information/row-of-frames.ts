import type { Frame, Page } from '@playwright/test';
import { addRawFrames, type RawFrame } from '../raw-frame.js';
import type { World } from '../world.js';
import type { Script } from './adversary.js';

declare global {
  interface Window {
    row: RawFrame[];
  }
}

/** What a page that speaks to frames by itself saw of one of them: every message, with its size; heights; what it weighs. */
type Seen = string;

/**
 * Frames side by side on one page, each with one field of one configuration, that a hostile page opened without the SDK:
 * nothing stands between it and the contract. The same script is played in each, with a secret of its own.
 */
export class RowOfFrames {
  readonly #page: Page;
  readonly #frames: readonly Frame[];

  private constructor(page: Page, frames: readonly Frame[]) {
    this.#page = page;
    this.#frames = frames;
  }

  static async open(
    page: Page,
    world: World,
    { collection, count }: { collection: string; count: number },
  ): Promise<RowOfFrames> {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const setup = {
      form: 'f'.repeat(22),
      collection,
      layout: [['field']],
      texts: { field: { label: 'field' } },
      messages: {},
      appearance: {},
      locale: 'en',
      direction: 'ltr',
    };
    await page.evaluate(
      async ({ url, count, setup }) => {
        window.row = [];
        for (let at = 0; at < count; at += 1) {
          const raw = await window.openRaw(url);
          raw.iframe.name = `row-${String(at)}`;
          await raw.welcome(raw.hellos[0]?.frame ?? '');
          await raw.call(['setup'], setup);
          window.row.push(raw);
        }
      },
      { url: `${world.elements}/collect.html`, count, setup },
    );
    const handles = await page.locator('body > iframe').elementHandles();
    const frames = await Promise.all(handles.map((handle) => handle.contentFrame()));
    return new RowOfFrames(
      page,
      frames.filter((frame) => frame !== null),
    );
  }

  /** Plays a script with a secret in the frame of that place, lets the shopper leave, and answers what the page saw. */
  async play(at: number, script: Script, secret: string): Promise<Seen> {
    const input = this.#frames[at]?.getByRole('textbox');
    if (input === undefined) throw new Error('the row has no such frame');
    await input.click();
    const rest = Array.from(secret);
    for (const move of script) {
      if (move.by === 'shopper') {
        await this.#page.keyboard.type(rest.shift() ?? '');
      } else if (move.by === 'page') {
        await this.#call(at, move.method, move.params);
        // A focus that is gone for long enough settles a number, and how long this takes is the machine's affair.
        await input.focus();
      } else await this.#steal(at, move.hold);
    }
    await input.press('Tab');
    await this.#call(at, 'validate', {});
    return this.#page.evaluate((index) => {
      const { told = [], noise = [], iframe } = window.row[index] ?? {};
      const { width, height } = iframe?.getBoundingClientRect() ?? {};
      // A height is told when the browser has laid out, which has no order with the rest.
      const isHeight = (message: unknown): boolean => JSON.stringify(message).includes('"resized"');
      const heights = told.filter(isHeight);
      return JSON.stringify([told.filter((each) => !isHeight(each)), heights, noise, width, height], null, 1);
    }, at);
  }

  /** Waits for the reply, which a frame sends after all that it had to say before. */
  async #call(at: number, method: string, params: unknown): Promise<void> {
    await this.#page.evaluate(
      async ({ at, method, params }) => {
        await window.row[at]?.call([method], params);
        // A frame takes so many calls a second and drops the rest.
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
      { at, method, params },
    );
  }

  /** Takes the focus and gives it back, each time when the frame has told that it went and came. */
  async #steal(at: number, hold: number): Promise<void> {
    await this.#page.evaluate(
      async ({ at, hold }) => {
        const raw = window.row[at];
        if (raw === undefined) return;
        const signals = (): number => raw.told.filter((each) => JSON.stringify(each).includes('"signal"')).length;
        const wait = (milliseconds: number): Promise<void> =>
          new Promise((resolve) => setTimeout(resolve, milliseconds));
        const heard = async (act: () => unknown): Promise<void> => {
          const before = signals();
          act();
          for (let waited = 0; signals() === before && waited < 500; waited += 5) await wait(5);
        };
        await heard(() => document.getElementById('before')?.focus());
        await wait(hold);
        await heard(() => raw.call(['focus'], { field: 'field' }));
      },
      { at, hold },
    );
  }
}
