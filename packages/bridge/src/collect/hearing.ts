import { after } from '../listen.js';

/** Milliseconds that a message may take which is under way; nothing hangs for one that does not come. */
const UNDER_WAY = 1000;

/**
 * Counts what a frame told of changes. What another frame says of it comes by another port, and may come sooner.
 */
export class Hearing {
  #heard = 0;
  readonly #waiting = new Map<() => void, number>();

  next(): void {
    this.#heard += 1;
    for (const [resolve, count] of this.#waiting) if (count <= this.#heard) resolve();
  }

  /** Resolves when so many were heard. */
  async atLeast(count: number): Promise<void> {
    if (count <= this.#heard) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        stop();
        this.#waiting.delete(settle);
        resolve();
      };
      const stop = after(UNDER_WAY, settle);
      this.#waiting.set(settle, count);
    });
  }
}
