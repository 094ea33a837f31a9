import type { Frame, Page } from 'playwright-core';

const COLLECTIONS = 2;

/** Adds what the isolate of a target holds, if it is not there yet: frames of one site share one. */
async function addHeap(heaps: Map<string, number>, page: Page, target: Page | Frame): Promise<void> {
  const session = await page.context().newCDPSession(target);
  const { id } = await session.send('Runtime.getIsolateId');
  if (!heaps.has(id)) {
    await session.send('HeapProfiler.enable');
    // Twice: what the first collection lets go of may hold more.
    for (let round = 0; round < COLLECTIONS; round += 1) await session.send('HeapProfiler.collectGarbage');
    heaps.set(id, (await session.send('Runtime.getHeapUsage')).usedSize);
  }
  await session.detach();
}

/** Frames that are not of the page's own site have a process, and a session, of their own. */
const isElsewhere = (page: Page, frame: Frame): boolean =>
  frame !== page.mainFrame() && new URL(frame.url()).hostname !== new URL(page.url()).hostname;

/** Kilobytes that scripts hold after a collection, page and frames together. */
export async function heapOfAll(page: Page): Promise<number> {
  const heaps = new Map<string, number>();
  await addHeap(heaps, page, page);
  for (const frame of page.frames().filter((each) => isElsewhere(page, each))) await addHeap(heaps, page, frame);
  return [...heaps.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024;
}
