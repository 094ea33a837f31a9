import { collectDrawing, origin } from '@cloister/protocol';
import { wireTexts } from '../collect/looks.js';
import type { CollectOptions, FormMountOptions } from '../collect/collect-api.js';
import { mergeAppearance, wireAppearance } from '../appearance.js';
import { demand, fitting, insist } from '../errors.js';
import { FIELD_MESSAGES, FRAME_TITLES } from '../messages/en.js';
import { MARK } from './adopt-frame.js';
import { ATTRIBUTES, heightOfRows } from './create-frame.js';
import { fragmentOf } from './fragment.js';

/** What a form in the page's own markup is written from. */
export interface FormMarkupOptions extends FormMountOptions, CollectOptions {
  /** Exact origin that serves the frames, as `createCloister` is given it. */
  readonly elements: string;
  /** A collection of the configuration, as `collect` is given it. */
  readonly collection: string;
  /**
   * Height of the frame in CSS pixels until its document says its own; the right one keeps the page from moving. Default: what
   * the rows take without looks and help texts of your own.
   */
  readonly height?: number;
  /** Direction of the text around it. Default: `ltr`. */
  readonly direction?: 'ltr' | 'rtl';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&"<>]/gu, (character) => ENTITIES[character] ?? '');

/**
 * The `<iframe>` of a form, for a server or a static page to write where the form will be mounted. It loads beside the SDK
 * and not after it, and can be typed into before the SDK is there; `form.mount()` with the same layout then adopts it, with
 * all that was typed, after the checks that every frame passes.
 *
 * Needs no document: made to be called on a server. Everything in it is public: names and cosmetics, in the fragment of the
 * address, which no server is sent.
 *
 * @throws TypeError when an option is not right.
 * @example
 * const card = formMarkup({
 *   elements: 'https://elements.shop.example',
 *   collection: 'cards',
 *   layout: [['number'], ['expiry', 'cvc']],
 *   texts: { number: { label: 'Card number' } },
 * });
 * response.end(`<form><div id="card">${card}</div></form><script type="module" src="/pay.js"></script>`);
 */
export function formMarkup(options: FormMarkupOptions): string {
  const { elements, collection, layout, texts = {}, locale = 'en', direction = 'ltr' } = options;
  const { height = heightOfRows('collect', layout.length) } = options;
  demand(origin, elements, 'elements');
  insist(Number.isSafeInteger(height) && height > 0, 'height is a number of pixels');
  const names = layout.flat();
  const words = names.map((name) => [name, wireTexts(name, texts[name] ?? {})] as const);
  const drawing = {
    collection,
    layout,
    texts: Object.fromEntries(words),
    messages: { ...FIELD_MESSAGES, ...options.messages },
    appearance: wireAppearance(mergeAppearance(options.appearance)),
    locale,
    direction,
  };
  const fragment = fragmentOf(fitting(demand(collectDrawing, drawing, 'markup')));
  const labels = words.map(([name, { label }]) => label ?? name).join(', ');
  const attributes = {
    ...ATTRIBUTES,
    title: options.title ?? `${FRAME_TITLES.collect}: ${labels}`,
    width: '100%',
    height: String(height),
    frameborder: '0',
    // No gap below (HTML §15.4.3): an attribute, because a strict policy refuses styles in markup.
    align: 'top',
    [MARK]: 'collect',
    // Last: the frame loads when its address is known (HTML §4.8.5), and by then it must be in its sandbox.
    src: `${elements}/collect.html${fragment}`,
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<iframe ${written.join(' ')}></iframe>`;
}
