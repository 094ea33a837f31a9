import type { Frame, Page } from '@playwright/test';

/** Reads the memory of one frame, as a debugger does. */
export class Heap {
  readonly #strings: () => Promise<readonly string[]>;

  private constructor(strings: () => Promise<readonly string[]>) {
    this.#strings = strings;
  }

  /** Frames of one site share a process and a heap: this sees what its siblings hold, too. */
  static async of(page: Page, frame: Frame): Promise<Heap> {
    const session = await page.context().newCDPSession(frame);
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    return new Heap(async () => {
      chunks.length = 0;
      await session.send('HeapProfiler.collectGarbage');
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      return (JSON.parse(chunks.join('')) as { readonly strings: readonly string[] }).strings;
    });
  }

  /** How many live strings each of these tests matches. */
  async count<K extends string>(matches: Readonly<Record<K, (text: string) => boolean>>): Promise<Record<K, number>> {
    const strings = await this.#strings();
    const entries = Object.entries<(text: string) => boolean>(matches);
    // `Object.fromEntries` forgets the names of the keys.
    return Object.fromEntries(entries.map(([name, match]) => [name, strings.filter(match).length])) as Record<
      K,
      number
    >;
  }
}
