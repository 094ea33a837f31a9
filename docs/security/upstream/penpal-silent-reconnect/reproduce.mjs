// npm i penpal@7.0.6 playwright-core; CHROMIUM=/path/to/chromium node reproduce.mjs
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const penpal = await readFile(join(dirname(createRequire(import.meta.url).resolve('penpal')), 'penpal.min.js'), 'utf8');

const PARENT = `<!doctype html><iframe id="frame" src="https://frame.example/"></iframe><script>${penpal}</script><script>
  window.run = async () => {
    const frame = document.getElementById('frame');
    const messenger = new Penpal.WindowMessenger({
      remoteWindow: frame.contentWindow, allowedOrigins: ['https://frame.example'],
    });
    const remote = await Penpal.connect({ messenger, timeout: 10000 }).promise;
    const before = await remote.whichDocument();
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = 'https://frame.example/?another';
    await loaded;
    // Calls to the port of the document that is gone are not answered, and there is none for a moment.
    const passing = ['METHOD_CALL_TIMEOUT', 'TRANSMISSION_FAILED'];
    for (;;) {
      const options = new Penpal.CallOptions({ timeout: 250 });
      const after = await remote.whichDocument(options).catch((error) => error.code);
      if (!passing.includes(after)) return { before, after };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
</script>`;
const CHILD = `<!doctype html><script>${penpal}</script><script>
  const messenger = new Penpal.WindowMessenger({
    remoteWindow: window.parent, allowedOrigins: ['https://parent.example'],
  });
  Penpal.connect({ messenger, methods: { whichDocument: () => 'the document at /' + location.search } });
</script>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const page = await browser.newPage();
await page.route('**', (route) => {
  const body = route.request().url() === 'https://parent.example/' ? PARENT : CHILD;
  return route.fulfill({ contentType: 'text/html', body });
});
await page.goto('https://parent.example/');
const { before, after } = await page.evaluate(() => window.run());
console.log(`connected to:                ${before}`);
console.log(`after the frame went on:     ${after}`);
await browser.close();
