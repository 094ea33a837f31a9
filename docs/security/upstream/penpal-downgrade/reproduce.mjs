// npm i penpal@7.0.6 playwright-core; CHROMIUM=/path/to/chromium node reproduce.mjs
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const penpal = await readFile(join(dirname(createRequire(import.meta.url).resolve('penpal')), 'penpal.min.js'), 'utf8');

// The parent lets exactly one origin in. Its frame is at another one first, and is sent to the right one afterwards.
const PARENT = `<!doctype html><iframe id="frame"></iframe><script>${penpal}</script><script>
  const frame = document.getElementById('frame');
  window.run = (first) => {
    frame.src = first;
    frame.addEventListener('load', () => { frame.src = 'https://allowed.example/'; }, { once: true });
    const messenger = new Penpal.WindowMessenger({
      remoteWindow: frame.contentWindow, allowedOrigins: ['https://allowed.example'],
    });
    return Penpal.connect({ messenger, timeout: 3000 }).promise
      .then((remote) => remote.ping())
      // TRANSMISSION_FAILED or CONNECTION_TIMEOUT, by who leads the handshake: that is drawn by lot.
      .catch(() => 'does not connect');
  };
</script>`;
const CHILD = `<!doctype html><script>${penpal}</script><script>
  const messenger = new Penpal.WindowMessenger({
    remoteWindow: window.parent, allowedOrigins: ['https://parent.example'],
  });
  Penpal.connect({ messenger, methods: { ping: () => 'connected' } });
</script>`;
const PAGES = {
  'https://parent.example/': PARENT,
  'https://allowed.example/': CHILD,
  'https://quiet.example/': '<!doctype html>',
  'https://evil.example/': `<!doctype html><script>parent.postMessage({ penpal: 'syn' }, '*');</script>`,
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
for (const first of ['quiet', 'evil']) {
  const page = await browser.newPage();
  await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: PAGES[route.request().url()] }));
  await page.goto('https://parent.example/');
  const result = await page.evaluate((name) => window.run(`https://${name}.example/`), first);
  console.log(`the frame was at ${first}.example first: ${result}`);
  await page.close();
}
await browser.close();
