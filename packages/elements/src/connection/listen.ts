/** Adds a listener and returns its teardown: the one helper through which this package listens to anything. */
export function listen<K extends keyof WindowEventMap>(
  target: Window,
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): () => void;
export function listen<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
  listener: (event: HTMLElementEventMap[K]) => void,
): () => void;
export function listen<K extends keyof DocumentEventMap>(
  target: Document,
  type: K,
  listener: (event: DocumentEventMap[K]) => void,
): () => void;
export function listen(target: EventTarget, type: string, listener: (event: never) => void): () => void {
  // The overloads pair each type with its event; the DOM's own signature cannot say so for a union of targets.
  const handler = listener as EventListener;
  target.addEventListener(type, handler);
  return () => {
    target.removeEventListener(type, handler);
  };
}
