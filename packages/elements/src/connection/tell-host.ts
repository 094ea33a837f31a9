/** Passes on what the page may know; a page that has gone away is nobody's error. Resolves when the page has heard it. */
export async function tellHost<C>(host: Promise<C>, message: (calls: C) => Promise<unknown>): Promise<void> {
  try {
    await message(await host);
  } catch {
    // Nothing to do, and nobody to tell.
  }
}
