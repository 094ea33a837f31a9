/** Attributes that our own code sets; texts from the page only ever become `textContent`. */
type Attributes = Readonly<Record<string, string>>;

/** Creates an element with a class and attributes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  attributes: Attributes = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Lays out named parts in rows. */
export function rows(layout: readonly (readonly string[])[], part: (name: string) => HTMLElement): HTMLElement {
  const main = element('main', '');
  for (const names of layout) {
    const row = element('div', 'row');
    row.append(...names.map(part));
    main.append(row);
  }
  return main;
}

/** A frame that runs before the page has told it how wide it is asks again so often, after so many milliseconds. */
const ASKS = 20;
const PAUSE = 50;

/**
 * Tells the height of the content in whole pixels, soon and whenever it changes (by layout and words, never by values).
 *
 * Not at once: the first layout of a document loads its fonts and takes longer than all that was done before, and nobody who
 * types waits for it. Not by the observer alone: a browser does not lay out what is out of sight. Not before the frame has a
 * width: words that stand one below the other would have the page make room that nobody needs.
 */
export function watchHeight(content: HTMLElement, changed: (height: number) => void): () => void {
  let last = 0;
  const measure = (): void => {
    if (window.innerWidth === 0) return;
    const height = heightOf(content);
    if (height === last) return;
    last = height;
    changed(height);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(content);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (times: number): void => {
    measure();
    if (last === 0 && times < ASKS) timer = setTimeout(ask, PAUSE, times + 1);
  };
  timer = setTimeout(ask, 0, 1);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}

export const heightOf = (content: HTMLElement): number => Math.ceil(content.getBoundingClientRect().height);
