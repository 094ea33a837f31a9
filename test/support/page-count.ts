import type { Page } from '@playwright/test';

/** What a page holds, after everything that nobody needs was let go. */
export interface PageCount {
  /** In the document. */
  readonly frames: number;
  readonly elements: number;
  /** On the page's window. */
  readonly windowListeners: number;
  /** In the process, in the document or not. */
  readonly nodes: number;
  readonly listeners: number;
  /** Bytes. */
  readonly heap: number;
}

/** Counts with the DevTools protocol. */
export async function countPage(page: Page): Promise<PageCount> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // Twice: what the first collection lets go of may hold more.
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { result } = await session.send('Runtime.evaluate', { expression: 'window' });
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
  await session.detach();
  const inDocument = await page.evaluate(() => ({
    frames: document.querySelectorAll('iframe').length,
    elements: document.querySelectorAll('*').length,
  }));
  return { ...inDocument, windowListeners: listeners.length, nodes, listeners: jsEventListeners, heap: usedSize };
}

/** What came to it between two counts. */
export function growth<C extends Readonly<Record<keyof C, number>>>(
  before: C,
  after: C,
): Readonly<Record<string, number>> {
  const names = Object.keys(before) as (keyof C & string)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]]));
}
