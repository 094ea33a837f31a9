/** Passes on what the page may know; a page that has gone away is nobody's error. */
export function tellHost<C>(host: Promise<C>, message: (calls: C) => Promise<unknown>): void {
  void host.then(message).catch(() => undefined);
}
