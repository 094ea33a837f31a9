import type { Frame, Page } from '@playwright/test';
import { addRawFrames, type RawFrame } from '../raw-frame.js';
import type { World } from '../world.js';
import type { PageMove, Script } from './adversary.js';

declare global {
  interface Window {
    row: RawFrame[];
  }
}

/** What a page that speaks to frames by itself saw of one of them: every message, with its size; heights; what it weighs. */
type Seen = string;

/** Words and looks that a field begins with. */
const BARE = {
  texts: { field: { label: 'field', placeholder: '', help: { text: '' } } },
  messages: {},
  appearance: {},
  locale: 'en',
  direction: 'ltr',
};
/** A focus that is away for a second has left (ADR 7); some less, for the frame's clock and ours are two. */
const LATE = 600;

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
    const setup = { collection, layout: [['field']], ...BARE };
    await page.evaluate(
      async ({ url, count, setup }) => {
        window.row = [];
        for (let at = 0; at < count; at += 1) {
          window.row.push(await window.openReady(url, setup, (iframe) => (iframe.name = `row-${String(at)}`)));
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

  /**
   * Plays a script with a secret in the frame of that place, lets the shopper leave, and answers what the page saw. Where a busy
   * machine let the focus stay away for nearly as long as settles a number, another play was played: this one begins again.
   */
  async play(at: number, script: Script, secret: string): Promise<Seen> {
    for (let tries = 0; tries < 10; tries += 1) {
      const seen = await this.#try(at, script, secret);
      if (seen !== undefined) return seen;
    }
    throw new Error('the machine is too busy to give a focus back in time');
  }

  async #try(at: number, script: Script, secret: string): Promise<Seen | undefined> {
    const input = this.#frames[at]?.getByRole('textbox');
    if (input === undefined) throw new Error('the row has no such frame');
    const since = await this.#begin(at);
    await input.click();
    const rest = Array.from(secret);
    for (const moves of betweenKeys(script)) {
      if ((await this.#turn(at, moves)) > LATE) return undefined;
      const next = rest.shift();
      if (next !== undefined) await this.#page.keyboard.type(next);
    }
    // An act of his own, which the frame can see; backwards, for the frames there have had their turn.
    await input.press('Shift+Tab');
    await this.#turn(at, [{ by: 'page', method: 'validate', params: {} }]);
    return this.#page.evaluate(
      ({ at, since }) => {
        const { told = [], noise = [], iframe } = window.row[at] ?? {};
        const { width, height } = iframe?.getBoundingClientRect() ?? {};
        // A height is told when the browser has laid out, which has no order with the rest.
        const isHeight = (message: unknown): boolean => JSON.stringify(message).includes('"resized"');
        const news = told.slice(since.told);
        const words = news.filter((each) => !isHeight(each));
        return JSON.stringify([words, news.filter(isHeight), noise.slice(since.noise), width, height], null, 1);
      },
      { at, since },
    );
  }

  /** Empties the field, and undresses it, after an earlier play; answers how much was seen until then. */
  #begin(at: number): Promise<{ readonly told: number; readonly noise: number }> {
    return this.#page.evaluate(
      async ({ at, bare }) => {
        const raw = window.row[at];
        await raw?.call(['clear'], {});
        // What comes of the clearing is told before this is answered; but a height only when the browser has laid out.
        const reply = (await raw?.call(['update'], bare)) as { result: { height: number } };
        const isLaidOut = (): boolean => {
          const last = raw?.told.findLast((each) => JSON.stringify(each).includes('"resized"'));
          return last === undefined || JSON.stringify(last).includes(`"height":${String(reply.result.height)}}`);
        };
        for (let waited = 0; !isLaidOut() && waited < 5000; waited += 5)
          await new Promise((resolve) => setTimeout(resolve, 5));
        return { told: raw?.told.length ?? 0, noise: raw?.noise.length ?? 0 };
      },
      { at, bare: BARE },
    );
  }

  /**
   * All that the page does before the shopper's next key, each when the frame has answered the last. Answers for how many
   * milliseconds the focus was away, beyond what was meant.
   */
  async #turn(at: number, moves: readonly PageMove[]): Promise<number> {
    if (moves.length === 0) return 0;
    return this.#page.evaluate(
      async ({ at, moves }) => {
        const raw = window.row[at];
        let away = 0;
        if (raw === undefined) return away;
        const wait = (milliseconds: number): Promise<void> =>
          new Promise((resolve) => setTimeout(resolve, milliseconds));
        const signals = (type: string): number =>
          raw.told.filter((each) => JSON.stringify(each).includes(`"type":"${type}"`)).length;
        const heard = async (type: string, act: () => unknown): Promise<void> => {
          const before = signals(type);
          act();
          for (let waited = 0; signals(type) === before && waited < 5000; waited += 5) await wait(5);
        };
        // Takes the focus and gives it back, each time when the frame has told that it went and came: a focus that is gone
        // for long enough settles a number, and how long this takes is the machine's affair.
        const steal = async (take: () => unknown, hold: number): Promise<void> => {
          const start = performance.now();
          await heard('blur', take);
          await wait(hold);
          await heard('focus', () => raw.call(['focus'], { field: 'field' }));
          away = Math.max(away, performance.now() - start - hold);
        };
        for (const move of moves) {
          if (move.by === 'thief') await steal(() => document.getElementById('before')?.focus(), move.hold);
          else if (move.method === 'blur') await steal(() => raw.call(['blur'], move.params), 0);
          else await raw.call([move.method], move.params);
          // A frame takes so many calls a second and drops the rest.
          await wait(5);
        }
        return away;
      },
      { at, moves: [...moves] },
    );
  }
}

/** What the page does before each key, and after the last. */
function betweenKeys(script: Script): readonly (readonly PageMove[])[] {
  const turns: PageMove[][] = [[]];
  for (const move of script) {
    if (move.by === 'shopper') turns.push([]);
    else turns.at(-1)?.push(move);
  }
  return turns;
}
