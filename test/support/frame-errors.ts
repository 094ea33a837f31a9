import type { Frame } from '@playwright/test';

declare global {
  interface Window {
    uncaught: string[];
  }
}

/** Writes down what nobody catches in a frame. */
export async function watchErrors(frame: Frame): Promise<() => Promise<readonly string[]>> {
  await frame.evaluate(() => {
    window.uncaught = [];
    const note = (what: unknown): void => void window.uncaught.push(String(what));
    window.addEventListener('error', ({ message }) => note(message));
    window.addEventListener('unhandledrejection', ({ reason }) => note(reason));
  });
  return () => frame.evaluate(() => window.uncaught);
}
