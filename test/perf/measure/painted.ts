import type { Page } from 'playwright-core';

/** Marks `bench:placed` when a value came into a document, and `bench:painted` when the frame that shows it was painted. */
function probe(start: string): void {
  let due = false;
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    due = false;
    performance.mark('bench:painted');
  };
  new MutationObserver(() => {
    if (!document.body.textContent.includes(start)) return;
    performance.mark('bench:placed');
    if (due) return;
    due = true;
    // A message posted from an animation frame is delivered after that frame's style, layout and paint (HTML §8.1.7.3).
    requestAnimationFrame(() => {
      painted.port2.postMessage('');
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Puts the same probe into every document of the page. */
export async function watchPaint(page: Page, start: string): Promise<void> {
  await Promise.all(page.frames().map((frame) => frame.evaluate(probe, start)));
}

/** How many values stand in all documents together. */
export async function valuesOn(page: Page, start: string): Promise<number> {
  const counts = page
    .frames()
    .map((frame) => frame.evaluate((text) => document.body.innerText.split(text).length - 1, start));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
