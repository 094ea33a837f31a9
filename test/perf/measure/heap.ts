import type { Frame, Page } from 'playwright-core';

const COLLECTIONS = 2;

async function heapOf(page: Page, target: Page | Frame): Promise<readonly [isolate: string, bytes: number]> {
  const session = await page.context().newCDPSession(target);
  await session.send('HeapProfiler.enable');
  // Twice: what the first collection lets go of may hold more.
  for (let round = 0; round < COLLECTIONS; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { id } = await session.send('Runtime.getIsolateId');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return [id, usedSize];
}

/** Frames that are not of the page's own site have a process, and a session, of their own. */
const isElsewhere = (page: Page, frame: Frame): boolean =>
  frame !== page.mainFrame() && new URL(frame.url()).hostname !== new URL(page.url()).hostname;

/** Kilobytes that scripts hold after a collection, page and frames together; frames that share a process are counted once. */
export async function heapOfAll(page: Page): Promise<number> {
  const heaps = new Map([await heapOf(page, page)]);
  for (const frame of page.frames().filter((each) => isElsewhere(page, each))) {
    const [isolate, bytes] = await heapOf(page, frame);
    heaps.set(isolate, bytes);
  }
  return [...heaps.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024;
}
