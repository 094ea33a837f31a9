import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Memory to the byte, and a process for every site, whatever the machine's size. */
const ARGS = ['--enable-precise-memory-info', '--site-per-process'];

/** High enough that 40 values are on screen: what is not seen is not painted. */
const VIEWPORT = { width: 1280, height: 4000 };

/** Chromium over the DevTools pipe; `scripts/bench.mjs` names it. */
export function launch(): Promise<Browser> {
  const executablePath = process.env['CLOISTER_CHROMIUM'];
  return chromium.launch({ args: ARGS, ...(executablePath === undefined ? {} : { executablePath }) });
}

/** Runs in a context of its own: no cache, no connection, no process of anybody before. */
export async function inFreshPage<T>(
  browser: Browser,
  run: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    return await run(await context.newPage(), context);
  } finally {
    await context.close();
  }
}
