import type { Frame, Page } from '@playwright/test';
import { addRawFrames, COLLECT_SETUP, type RawFrame } from '../raw-frame.js';
import type { World } from '../world.js';
import { NOTHING, WATCH_WORDS, type Drawn } from './watch-words.js';

declare global {
  interface Window {
    wordFrames: RawFrame[];
  }
}

/** Words for every place of a collect frame. */
export interface Words {
  readonly label: string;
  readonly placeholder: string;
  readonly error: string;
  readonly help: string;
  readonly markup: string;
}

/** A field for each error that there is: its type, and what a shopper left in it. The last number's brand is the form's. */
const WRONG = {
  required: ['card-number', ''],
  'number-length': ['card-number', '42424242424242'],
  'number-check': ['card-number', '378282246310006'],
  'expiry-month': ['card-expiry', '00'],
  'expiry-past': ['card-expiry', '0120'],
  'expiry-far': ['card-expiry', '1299'],
  incomplete: ['card-cvc', '1'],
  'cvc-length': ['card-cvc', '123'],
  characters: ['person-name', 'x\u202E'],
  'too-long': ['person-name', 'x'.repeat(101)],
} as const;

/** Names of the fields, each called after the error that it shows. */
export const FIELDS: readonly string[] = Object.keys(WRONG);

/** The collection that these fields are of. */
export const WRONG_FIELDS = {
  wrong: Object.fromEntries(Object.entries(WRONG).map(([name, [type]]) => [name, { type }])),
};

/** Two frames: one with every error, one whose help is markup. */
const ROWS: readonly (readonly string[])[] = [FIELDS, ['incomplete']];

const byName = (names: readonly string[], text: unknown): object =>
  Object.fromEntries(names.map((name) => [name, text]));

/** What each frame is told, so that these words stand at every place. */
function updatesOf({ label, placeholder, error, help, markup }: Words, locale: string): readonly object[] {
  const messages = byName(FIELDS, error);
  return [{ text: help }, { markup }].map((help, at) => ({
    texts: byName(ROWS[at] ?? [], { label, placeholder, help }),
    messages,
    locale,
  }));
}

/** Collect frames that a page opens by hand, with every error on show. */
export class WordFrames {
  readonly #page: Page;
  /** The one with every error, and the one with markup. */
  readonly frames: readonly Frame[];

  private constructor(page: Page, frames: readonly Frame[]) {
    this.#page = page;
    this.frames = frames;
  }

  static async open(page: Page, world: World): Promise<WordFrames> {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const before = page.frames();
    const setups = ROWS.map((names) => ({
      ...COLLECT_SETUP,
      collection: 'wrong',
      layout: names.map((name) => [name]),
      texts: {},
      messages: {},
    }));
    await page.evaluate(
      async ({ url, setups }) => {
        window.wordFrames = [];
        for (const setup of setups) {
          const raw = await window.openReady(url, setup, (iframe) => {
            iframe.style.cssText = 'width:320px;height:6000px';
          });
          window.wordFrames.push(raw);
        }
      },
      { url: `${world.elements}/collect.html`, setups },
    );
    const opened = new WordFrames(
      page,
      page.frames().filter((frame) => !before.includes(frame)),
    );
    await opened.#begin();
    return opened;
  }

  /** Types what is wrong, and watches from when the sanitiser is there. */
  async #begin(): Promise<void> {
    const [wrong, marked] = this.frames;
    for (const [index, [, text]] of Object.values(WRONG).entries())
      await wrong?.locator(`#field-${String(index + 1)}`).fill(text);
    await this.#page.evaluate(() => Promise.all(window.wordFrames.map((raw) => raw.call(['validate'], {}))));
    const plain = { label: 'Label', placeholder: 'Placeholder', error: 'Error', help: 'Help', markup: '<b>Help</b>' };
    await this.#tell([plain]);
    await marked?.locator('.help b').waitFor();
    for (const frame of this.frames) await frame.evaluate(WATCH_WORDS);
  }

  /** Answers what was refused. A frame that is too busy to answer is asked again. */
  async #tell(all: readonly Words[]): Promise<readonly unknown[]> {
    // As JSON: the only way in which half a character gets through.
    const updates = JSON.stringify(all.map((words, at) => updatesOf(words, `x-${String(at)}`)));
    return this.#page.evaluate(async (json) => {
      const refused: unknown[] = [];
      const one = async (raw: RawFrame, update: object | undefined): Promise<void> => {
        let reply: unknown = 'silence';
        for (let tries = 0; reply === 'silence' && tries < 5; tries += 1) reply = await raw.call(['update'], update);
        if (!JSON.stringify(reply).includes('"ok":true')) refused.push(reply);
      };
      for (const updates of JSON.parse(json) as object[][]) {
        await Promise.all(window.wordFrames.map((raw, at) => one(raw, updates[at])));
        // A frame takes so many calls a second and drops the rest.
        await new Promise((resolve) => setTimeout(resolve, 6));
      }
      return refused;
    }, updates);
  }

  /**
   * Says one after the other to both frames; answers what each then showed. Each is said in a language of its own: that is
   * how a drawing is known to be of these words.
   */
  async say(all: readonly Words[]): Promise<readonly (readonly Drawn[])[]> {
    const refused = await this.#tell(all);
    if (refused.length > 0) throw new Error(`words were refused: ${JSON.stringify(refused)}`);
    return Promise.all(this.frames.map((frame) => drawnIn(frame, all.length)));
  }

  /** Sends a call of any method to the first frame; answers its reply. */
  ask(method: string, params: object): Promise<unknown> {
    return this.#page.evaluate(({ method, params }) => window.wordFrames[0]?.call([method], params), {
      method,
      params,
    });
  }
}

/** What a frame showed for each of so many words. */
async function drawnIn(frame: Frame, count: number): Promise<readonly Drawn[]> {
  const json = await frame.evaluate(() => {
    const drawn = JSON.stringify(window.drawnWords);
    window.drawnWords = {};
    return drawn;
  });
  const drawn = JSON.parse(json) as Window['drawnWords'];
  return Array.from({ length: count }, (_, at) => drawn[`x-${String(at)}`] ?? NOTHING);
}
