import type { Frame, Page } from '@playwright/test';

/** One thing that a page does to what stands around a frame. */
export interface Redress {
  readonly name: string;
  /** A selector; `#over` is a layer on top of everything that lets every click through. */
  readonly at: string;
  readonly style: Readonly<Record<string, string>>;
}

const WRAPPER = '#reveal';
const IFRAME = '#reveal iframe';
const LAYER = '#over';

/** What makes a value unseen, or seen other than it is. */
export const HIDING: readonly Redress[] = [
  { name: 'half transparent', at: WRAPPER, style: { opacity: '.5' } },
  { name: 'all but opaque', at: IFRAME, style: { opacity: '.99' } },
  { name: 'blurred', at: WRAPPER, style: { filter: 'blur(1px)' } },
  { name: 'through an SVG filter that changes nothing', at: WRAPPER, style: { filter: 'url(#same)' } },
  { name: 'the frame itself filtered', at: IFRAME, style: { filter: 'url(#same)' } },
  { name: 'under a layer of paint', at: LAYER, style: { display: 'block', background: 'white' } },
  { name: 'under a layer of nothing', at: LAYER, style: { display: 'block' } },
  { name: 'under a layer that filters', at: LAYER, style: { display: 'block', backdropFilter: 'blur(3px)' } },
  { name: 'blended', at: WRAPPER, style: { mixBlendMode: 'difference' } },
  { name: 'made smaller', at: WRAPPER, style: { transform: 'scale(.9)' } },
  { name: 'turned away', at: WRAPPER, style: { transform: 'perspective(400px) rotateY(10deg)' } },
  { name: 'turned', at: WRAPPER, style: { transform: 'rotate(2deg)' } },
  { name: 'clipped', at: WRAPPER, style: { clipPath: 'inset(0 60% 0 0)' } },
  { name: 'cut off', at: WRAPPER, style: { overflow: 'hidden', height: '30px' } },
  { name: 'not displayed', at: WRAPPER, style: { display: 'none' } },
  { name: 'not visible', at: WRAPPER, style: { visibility: 'hidden' } },
  { name: 'skipped', at: WRAPPER, style: { contentVisibility: 'hidden' } },
  { name: 'squeezed', at: IFRAME, style: { width: '1px' } },
  { name: 'beside the page', at: WRAPPER, style: { position: 'absolute', left: '-9999px' } },
  { name: 'scrolled away', at: 'body', style: { paddingTop: '4000px' } },
];

/** What honest pages do. */
export const HARMLESS: readonly Redress[] = [
  { name: 'framed', at: WRAPPER, style: { border: '2px solid', background: 'pink', boxShadow: '0 0 9px red' } },
  { name: 'moved', at: WRAPPER, style: { marginTop: '30px', position: 'relative', left: '20px' } },
  { name: 'moved by a transform', at: WRAPPER, style: { transform: 'translate(10px,5px)' } },
  { name: 'turned all the way round', at: WRAPPER, style: { transform: 'rotateY(180deg) rotateY(180deg)' } },
  { name: 'with round corners', at: WRAPPER, style: { overflow: 'hidden', borderRadius: '12px' } },
  { name: 'zoomed', at: WRAPPER, style: { zoom: '1.25' } },
  { name: 'made larger', at: WRAPPER, style: { transform: 'scale(1.5)' } },
  { name: 'under a header that covers others', at: LAYER, style: { display: 'block', bottom: 'auto', height: '16px' } },
];

/** A mask is the one thing that the browser does not tell (A48). */
export const MASK: Redress = {
  name: 'masked',
  at: WRAPPER,
  style: { maskImage: 'linear-gradient(transparent,transparent)' },
};

declare global {
  interface Window {
    blankedAt: number | undefined;
    undress: () => void;
  }
}

/** A dresser: what it needs in the page and in the frame. */
export class Dresser {
  readonly #page: Page;
  readonly #frame: Frame;

  private constructor(page: Page, frame: Frame) {
    this.#page = page;
    this.#frame = frame;
  }

  /** Puts a layer and a filter into the page, and a watch on the first value into its frame. */
  static async hire(page: Page, frame: Frame): Promise<Dresser> {
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<svg width="0" height="0"><filter id="same"><feColorMatrix type="saturate" values="1"/></filter></svg>
        <div id="over" style="position:fixed;inset:0;pointer-events:none;display:none"></div>`,
      );
    });
    await frame.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('output')?.dataset['status'] !== 'shown')
          window.blankedAt ??= performance.timeOrigin + performance.now();
      }).observe(document, { subtree: true, attributes: true, childList: true, characterData: true });
    });
    return new Dresser(page, frame);
  }

  /** Applies the style; answers when, in milliseconds since the epoch. */
  async dress({ at, style }: Redress): Promise<number> {
    await this.#frame.evaluate(() => {
      window.blankedAt = undefined;
    });
    return this.#page.evaluate(
      ({ at, style }) => {
        const element = document.querySelector<HTMLElement>(at);
        const before = element?.style.cssText ?? '';
        window.undress = () => {
          if (element !== null) element.style.cssText = before;
        };
        Object.assign(element?.style ?? {}, style);
        return performance.timeOrigin + performance.now();
      },
      { at, style },
    );
  }

  async undress(): Promise<void> {
    await this.#page.evaluate(() => {
      window.undress();
    });
  }

  /** When the value was blanked, in milliseconds since the epoch; `undefined` while it is there. */
  blankedAt(): Promise<number | undefined> {
    return this.#frame.evaluate(() => window.blankedAt);
  }
}
