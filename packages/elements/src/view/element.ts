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

/** Height of the content in whole pixels, and a watch on its changes (which depend on layout and words, not on values). */
export function watchHeight(content: HTMLElement, changed: (height: number) => void): () => void {
  let last = heightOf(content);
  const observer = new ResizeObserver(() => {
    const height = heightOf(content);
    if (height === last) return;
    last = height;
    changed(height);
  });
  observer.observe(content);
  return () => {
    observer.disconnect();
  };
}

export const heightOf = (content: HTMLElement): number => Math.ceil(content.getBoundingClientRect().height);
