/** How a frame stands in the page. */
export interface FrameLook {
  /** What a screen reader calls it. */
  readonly title: string;
  /** Permissions Policy features handed to it; none by default. */
  readonly allow?: 'clipboard-write';
  /** CSS pixels until its document says its own. */
  readonly height?: number;
  /** Neither seen nor reached by Tab, but running: `display: none` would let some browsers put it to sleep. */
  readonly hidden?: boolean;
}

const SPREAD = { display: 'block', width: '100%' };
const HIDDEN = { position: 'absolute', width: '0', height: '0', visibility: 'hidden' };

/** What every frame of ours is given, whoever writes it into the page. */
export const ATTRIBUTES = {
  sandbox: 'allow-scripts allow-same-origin allow-forms',
  allow: '',
  referrerpolicy: 'origin',
  loading: 'eager',
  scrolling: 'no',
} as const;

/**
 * Makes an iframe that is not in the document yet.
 *
 * Attributes are set before it is inserted, because a sandbox takes effect at navigation (HTML §7.6). It has no name and
 * its URL has no query: nothing that a page could write there means anything to a frame (A22). Looks are set through CSSOM,
 * which a strict `style-src` allows.
 */
export function createFrame(url: string, look: FrameLook): HTMLIFrameElement {
  const iframe = document.createElement('iframe');
  const attributes = {
    ...ATTRIBUTES,
    allow: look.allow ?? '',
    title: look.title,
    ...(look.hidden === true ? { 'aria-hidden': 'true', tabindex: '-1' } : {}),
  };
  for (const [name, value] of Object.entries(attributes)) iframe.setAttribute(name, value);
  place(iframe, look.hidden === true ? HIDDEN : SPREAD);
  if (look.height !== undefined) fitHeight(iframe, look.height);
  iframe.src = url;
  return iframe;
}

/** Gives a frame of the page's own markup the place that one of ours has. */
export function placeFrame(iframe: HTMLIFrameElement, title: string): void {
  iframe.title = title;
  place(iframe, SPREAD);
}

function place(iframe: HTMLIFrameElement, style: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries({ ...style, border: '0' })) iframe.style.setProperty(name, value);
}

/** What a row takes of the frame in the look that everything starts from, and what lies between two; in CSS pixels. */
const ROW = { collect: 101, reveal: 78 };
const GAP = 12;

/**
 * A place that is there from the first moment, as high as its rows will most likely be: a browser does not lay out frames
 * without a size, and what stands below need not move.
 */
export const heightOfRows = (role: keyof typeof ROW, rows: number): number => rows * (ROW[role] + GAP) - GAP;

/** Gives a frame the height that its document asks for, in CSS pixels. */
export function fitHeight(iframe: HTMLIFrameElement, height: number): void {
  iframe.style.setProperty('height', `${String(height)}px`);
}
