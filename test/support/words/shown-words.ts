import { randomUUID } from 'node:crypto';
import type { Frame, Page } from '@playwright/test';
import { paidCard } from '../paid-card.js';
import { addRawFrames, type RawFrame } from '../raw-frame.js';
import { serveSession } from '../session-desk.js';
import { REVEAL_SETUP } from '../styles/look-frames.js';
import type { World } from '../world.js';
import { LOG_WORDS, READ_WORDS, type Drawn } from './watch-words.js';

declare global {
  interface Window {
    shownFrames: RawFrame[];
    /** Shows the value of each frame, and fails to show another. */
    showAll: () => Promise<unknown>;
  }
}

const SIZE = { width: 400, height: 680 };
const ACROSS = 4;
const DOWN = 2;
/** How many labels one frame is given. */
export const LABELS = 60;

/** Presses a button as soon as it has a word that it did not have before; copying always succeeds. */
function pressNewWords(): void {
  const pressed = new Set<string>();
  Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.resolve() });
  new MutationObserver(() => {
    const button = document.querySelector<HTMLButtonElement>('.button');
    if (button === null || button.disabled || pressed.has(button.textContent)) return;
    pressed.add(button.textContent);
    button.click();
  }).observe(document.body, { subtree: true, childList: true });
}

/** Reveal frames that a page opens by hand beside a coordinator: each has a value that can be shown and one that cannot. */
export class ShownWords {
  readonly #page: Page;
  readonly #url: string;
  readonly frames: readonly Frame[];

  private constructor(page: Page, url: string, frames: readonly Frame[]) {
    this.#page = page;
    this.#url = url;
    this.frames = frames;
  }

  static async open(page: Page, world: World): Promise<ShownWords> {
    await addRawFrames(page);
    const [paid] = await paidCard(page, world);
    await page.setViewportSize({ width: ACROSS * SIZE.width, height: DOWN * SIZE.height });
    await page.goto(`${world.shop}/bench`);
    const grant = { purpose: 'reveal', origin: world.shop, redaction: 'plain', uses: 100, minutes: 15 };
    const given = {
      elements: world.elements,
      // A name that turns all that comes after it, if it can.
      setup: { ...REVEAL_SETUP, slots: REVEAL_SETUP.slots.map((slot) => ({ ...slot, label: '\u202E\u2067name' })) },
      tokens: [paid?.token ?? '', randomUUID()],
      session: serveSession(world, '/session-words', ({ tokens }) => ({ ...grant, tokens })),
      places: Array.from({ length: ACROSS * DOWN }, (_, at) => ({
        left: (at % ACROSS) * SIZE.width,
        top: Math.floor(at / ACROSS) * SIZE.height,
      })),
      size: `width:${String(SIZE.width - 8)}px;height:${String(SIZE.height - 8)}px`,
    };
    await page.evaluate(async ({ elements, setup, tokens, session, places, size }) => {
      const coordinator = await window.openReady(`${elements}/coordinator.html`);
      const id = coordinator.hellos[0]?.frame;
      window.shownFrames = [];
      for (const { left, top } of places) {
        const raw = await window.openReady(`${elements}/reveal.html`, setup, (iframe) => {
          iframe.style.cssText = `position:fixed;border:0;left:${String(left)}px;top:${String(top)}px;${size}`;
        });
        raw.patience = 20_000;
        await raw.call(['pair'], { coordinator: id });
        window.shownFrames.push(raw);
      }
      const { result } = (await coordinator.call(['prepare'], {})) as { result: { thumbprint: string } };
      const need = { jkt: result.thumbprint, purpose: 'reveal' as const, tokens };
      const permission = await window.sessionAt(session)(need);
      coordinator.patience = 20_000;
      window.showAll = () => {
        const items = window.shownFrames.flatMap(({ hellos }) =>
          ['a', 'b'].map((slot, at) => ({ frame: hellos[0]?.frame, slot, token: tokens[at] })),
        );
        return coordinator.call(['reveal'], { session: permission, items });
      };
      const shown = await window.showAll();
      if (!JSON.stringify(shown).includes('"ok":true')) throw new Error(JSON.stringify(shown));
    }, given);
    const frames = page.frames().filter((frame) => frame.url().endsWith('/reveal.html'));
    for (const frame of frames) {
      await frame.evaluate(pressNewWords);
      await frame.evaluate(LOG_WORDS);
    }
    return new ShownWords(page, `${world.elements}/reveal.html`, frames);
  }

  /** Which of these texts the frame of that place is given. */
  share<Text>(texts: readonly Text[], at: number): readonly Text[] {
    return texts.filter((_, index) => index % this.frames.length === at);
  }

  /**
   * Gives each frame its share of the texts, each at all places. First each is drawn by hiding and showing again; then by
   * pressing the button. Answers all that each frame drew meanwhile.
   */
  async say(texts: readonly string[]): Promise<readonly (readonly Drawn[])[]> {
    const shares = JSON.stringify(this.frames.map((_, at) => this.share(texts, at)));
    for (const way of ['show', 'press'] as const) {
      for (const frame of this.frames) await frame.waitForSelector('.button:enabled');
      await this.#page.evaluate(
        async ({ shares, way }) => {
          const all = JSON.parse(shares) as string[][];
          for (let at = 0; at < (all[0]?.length ?? 0); at += 1) {
            await Promise.all(
              window.shownFrames.map(async (raw, index) => {
                const text = all[index]?.[at];
                if (text === undefined) return;
                const texts = { copy: text, copied: text, hidden: text, failed: text };
                const reply = await raw.call(['update'], { texts });
                if (!JSON.stringify(reply).includes('"ok":true')) throw new Error(JSON.stringify(reply));
                if (way === 'show') await raw.call(['hide'], {});
              }),
            );
            if (way === 'show') await window.showAll();
          }
        },
        { shares, way },
      );
    }
    return Promise.all(
      this.frames.map(async (frame) => {
        const json = await frame.evaluate(() => JSON.stringify(window.drawnWords));
        return Object.values(JSON.parse(json) as Window['drawnWords']);
      }),
    );
  }

  /** Asks the first frame for something; answers its reply. */
  ask(method: string, params: object): Promise<unknown> {
    return this.#page.evaluate(({ method, params }) => window.shownFrames[0]?.call([method], params), {
      method,
      params,
    });
  }

  /** Where the characters of the value stand that the frame of that place shows, from the left, in pixels. */
  charactersOf(at: number): Promise<readonly number[]> | undefined {
    return this.frames[at]?.evaluate(() => {
      const text = document.querySelector('.value')?.firstChild;
      if (!(text instanceof Text)) return [];
      return Array.from({ length: text.length }, (_, index) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect().left;
      });
    });
  }

  /** A frame whose values have these labels, as it stands. */
  async label(labels: readonly string[]): Promise<Drawn> {
    const slots = labels.map((label, at) => ({ slot: `s${String(at)}`, label, copy: false, hideAfter: 60 }));
    const setup = JSON.stringify({ ...REVEAL_SETUP, slots, layout: slots.map(({ slot }) => [slot]) });
    const before = this.#page.frames();
    await this.#page.evaluate(
      async ({ url, setup }) => {
        await window.openReady(url, JSON.parse(setup) as object, (iframe) => {
          iframe.style.cssText = 'width:320px;height:20000px';
        });
      },
      { url: this.#url, setup },
    );
    const frame = this.#page.frames().find((each) => !before.includes(each));
    return JSON.parse((await frame?.evaluate<string>(READ_WORDS)) ?? '') as Drawn;
  }
}
