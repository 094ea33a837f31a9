/** The element of that id and kind. A page without it is a mistake of ours, so it throws. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new TypeError(`the page lacks #${id}`);
}

/** What an element is made of. */
interface ElementParts {
  readonly className?: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/** Makes an element; texts are text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { className, text, children = [] }: ElementParts = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}
