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

/**
 * Tells the height of the content in whole pixels, soon and whenever it changes (by layout and words, never by values).
 *
 * Not at once: the first layout of a document loads its fonts and takes longer than all that was done before, and nobody who
 * types waits for it. Not by the observer alone: a browser does not lay out what is out of sight.
 */
export function watchHeight(content: HTMLElement, changed: (height: number) => void): () => void {
  let last = 0;
  const measure = (): void => {
    const height = heightOf(content);
    if (height === last) return;
    last = height;
    changed(height);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(content);
  const soon = setTimeout(measure);
  return () => {
    observer.disconnect();
    clearTimeout(soon);
  };
}

export const heightOf = (content: HTMLElement): number => Math.ceil(content.getBoundingClientRect().height);
