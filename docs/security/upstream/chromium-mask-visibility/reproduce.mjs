// npm i playwright-core; CHROMIUM=/path/to/chromium node reproduce.mjs
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const PAGES = {
  'https://parent.example/': await readFile(new URL('./parent.html', import.meta.url), 'utf8'),
  'https://frame.example/': await readFile(new URL('./frame.html', import.meta.url), 'utf8'),
};
const STYLES = ['', 'opacity: 0', 'filter: opacity(0)', 'mask-image: linear-gradient(transparent, transparent)'];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const page = await browser.newPage({ viewport: { width: 400, height: 200 } });
await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: PAGES[route.request().url()] }));
for (const style of STYLES) {
  await page.goto('https://parent.example/');
  const frame = page.frames()[1];
  await page.evaluate((text) => document.getElementById('around').setAttribute('style', text), style);
  // The observer tells at most every 100 ms.
  await page.waitForTimeout(1000);
  await page.mouse.click(60, 60);
  await frame.waitForFunction(() => window.seen.clicks > 0, null, { timeout: 3000 }).catch(() => undefined);
  const painted = await isPainted(page);
  const { visible, ratio, clicks } = await frame.evaluate(() => window.seen);
  const facts = `isVisible ${visible}, ratio ${ratio}, painted ${painted}, clicked ${clicks > 0}`;
  console.log(`${(style || 'nothing').padEnd(54)} ${facts}`);
}
await browser.close();

/** Whether the middle of the frame has its colour. */
async function isPainted(page) {
  const image = (await page.screenshot({ clip: { x: 60, y: 60, width: 4, height: 4 } })).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(4, 4).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const [red, green, blue] = context.getImageData(1, 1, 1, 1).data;
    return red < 50 && green > 100 && blue < 50;
  }, image);
}
