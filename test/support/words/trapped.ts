import type { Frame, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Names of functions that a payload would have called, had it run. */
    ran: string[];
  }
}

/** What the corpora call. */
const CALLED = ['seen', 'alert', 'prompt', 'confirm', 'print', 'open', 'makePopups', 'hack', 'xss'];

/** Notes in every document of a page whatever the corpora would run; must come before the page is opened. */
export async function trapCalls(page: Page): Promise<void> {
  await page.addInitScript((names) => {
    window.ran = [];
    for (const name of names) Object.assign(window, { [name]: () => window.ran.push(name) });
  }, CALLED);
}

/** What ran, in any document of a page; that a call is noted is seen in each, last. */
export async function ranIn(page: Page): Promise<readonly string[]> {
  const lists = await Promise.all(
    page.frames().map((frame: Frame) =>
      frame.evaluate(() => {
        const ran = [...window.ran];
        window.alert();
        return window.ran.length === ran.length + 1 ? ran : [...ran, 'the trap is gone'];
      }),
    ),
  );
  return lists.flat();
}
