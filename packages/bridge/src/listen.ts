interface Listenable<E> {
  addEventListener(type: string, listener: (event: E) => void): void;
  removeEventListener(type: string, listener: (event: E) => void): void;
}

/** Adds a listener and returns what removes it: the one place that may call `addEventListener`. */
export function listen<E>(target: Listenable<E>, type: string, listener: (event: E) => void): () => void {
  target.addEventListener(type, listener);
  return () => {
    target.removeEventListener(type, listener);
  };
}

/** Runs `action` after so many milliseconds, unless the returned function is called before. */
export function after(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}
