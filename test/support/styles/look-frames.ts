import type { Frame, Page } from '@playwright/test';
import { addRawFrames, COLLECT_SETUP, type RawFrame } from '../raw-frame.js';
import type { World } from '../world.js';
import { appearanceOf, pointerOf, type StyleTry } from './places.js';

declare global {
  interface Window {
    looks: RawFrame[];
    /** Calls `update`, as often as the frame was too busy to answer. */
    dress: (frame: RawFrame, appearance: object) => Promise<string>;
  }
}

export const REVEAL_SETUP = {
  slots: [
    { slot: 'a', label: 'Card number', copy: true, hideAfter: 60 },
    { slot: 'b', label: 'Name', copy: false, hideAfter: 60 },
  ],
  layout: [['a'], ['b']],
  texts: { copy: 'Copy', copied: 'Copied', hidden: 'Hidden', failed: 'Not shown' },
  appearance: {},
  locale: 'en',
  direction: 'ltr',
} as const;

/** One field in each row, with words in all their places, so that what moves them is seen. */
const ROWS = {
  ...COLLECT_SETUP,
  layout: [['number'], ['expiry'], ['cvc'], ['name']],
  texts: {
    number: { label: 'Card number' },
    expiry: { label: 'Expiry', placeholder: 'MM / YY' },
    cvc: { label: 'Security code', help: { text: 'On the back of the card' } },
    name: { label: 'Name on card' },
  },
} as const;

const PATH = { collect: '/collect.html', reveal: '/reveal.html' } as const;
type Role = keyof typeof PATH;

/** What became of one value at one place: `ok`, or the code and the hint of the refusal. */
export type Verdict = string;

/** Frames that a page opens by hand and dresses as it likes. */
export class LookFrames {
  readonly #page: Page;
  readonly #world: World;

  private constructor(page: Page, world: World) {
    this.#page = page;
    this.#world = world;
  }

  static async open(page: Page, world: World): Promise<LookFrames> {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    await page.evaluate(() => {
      window.looks = [];
      window.dress = async (frame, appearance) => {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const reply = (await frame.call(['update'], { appearance })) as 'silence' | Record<string, unknown>;
          if (reply === 'silence') continue;
          return reply['ok'] === true ? 'ok' : `${String(reply['code'])} ${String(reply['hint'])}`;
        }
        return 'silence';
      };
    });
    return new LookFrames(page, world);
  }

  /** Adds a frame, 320 px wide and as high as any look makes it. */
  async add(role: Role): Promise<Frame> {
    const before = this.#page.frames();
    await this.#page.evaluate(
      async ({ url, setup }) => {
        const raw = await window.openReady(url, setup, (iframe) => {
          iframe.style.cssText = 'width:320px;height:3000px';
        });
        window.looks.push(raw);
      },
      { url: `${this.#world.elements}${PATH[role]}`, setup: role === 'collect' ? ROWS : REVEAL_SETUP },
    );
    const frame = this.#page.frames().find((each) => !before.includes(each));
    if (frame === undefined) throw new Error('there is no frame');
    return frame;
  }

  /** Gives each frame its share of the tries, no faster than it reads. */
  async tryAll(tries: readonly StyleTry[]): Promise<readonly Verdict[]> {
    const jobs = tries.map((each) => JSON.stringify(appearanceOf([each])));
    return this.#page.evaluate(async (all) => {
      const verdicts: string[] = [];
      let next = 0;
      const work = async (frame: RawFrame): Promise<void> => {
        while (next < all.length) {
          const index = next;
          next += 1;
          verdicts[index] = await window.dress(frame, JSON.parse(all[index] ?? '{}') as object);
          await new Promise((resolve) => setTimeout(resolve, 8));
        }
      };
      await Promise.all(window.looks.map(work));
      return verdicts;
    }, jobs);
  }

  /** Dresses the frame that was added as the `index`th. */
  dress(index: number, appearance: object): Promise<Verdict> {
    return this.#page.evaluate(
      ({ index, appearance }) => {
        const frame = window.looks[index];
        return frame === undefined ? 'no frame' : window.dress(frame, appearance);
      },
      { index, appearance },
    );
  }

  /** Gives the frame that was added as the `index`th other words. */
  say(index: number, words: object): Promise<Verdict> {
    return this.#page.evaluate(
      async ({ index, words }) => {
        const reply = await window.looks[index]?.call(['update'], words);
        return JSON.stringify(reply).includes('"ok":true') ? 'ok' : JSON.stringify(reply);
      },
      { index, words },
    );
  }

  /** Shows what is missing in each field, under it. */
  showErrors(index: number): Promise<unknown> {
    return this.#page.evaluate((at) => window.looks[at]?.call(['validate'], {}), index);
  }
}

/** Whether a refusal names the code and the place of what was refused. */
export const namesPlace = ({ place }: StyleTry, verdict: Verdict): boolean =>
  verdict === `appearance ${pointerOf(place)}`;
