// npm i selenium-webdriver; on an X display: DRIVER=/path/to/WebKitWebDriver BROWSER=/path/to/MiniBrowser node reproduce.mjs
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';

const POLICIES = ['', "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "script-src 'self' 'unsafe-eval'"];
const script = await readFile(new URL('./page.js', import.meta.url));
const server = createServer(({ url }, response) => {
  if (url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
  const policy = POLICIES[Number(url.slice(1))];
  if (policy) response.setHeader('content-security-policy', policy);
  return response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/page.js"></script>');
});
const portOf = (listener) =>
  new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(listener.address().port)));
const port = await portOf(server);
const free = createServer();
const driverPort = await portOf(free);
await new Promise((resolve) => free.close(resolve));

const { DRIVER = 'WebKitWebDriver', BROWSER = 'MiniBrowser' } = process.env;
const program = spawn(DRIVER, [`--port=${driverPort}`, '--host=127.0.0.1'], { stdio: 'ignore' });
const url = `http://127.0.0.1:${driverPort}`;
while (!(await fetch(`${url}/status`).catch(() => undefined))) await wait(100);
const browser = { binary: BROWSER, args: ['--automation'] };
const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browser });
const driver = await new Builder().usingServer(url).withCapabilities(capabilities).build();
try {
  for (const [index, policy] of POLICIES.entries()) {
    await driver.get(`http://127.0.0.1:${port}/${index}`);
    const { wasm, text } = await driver.executeScript('return window.found');
    console.log(`${(policy || 'no policy').padEnd(38)} WebAssembly ${wasm}, eval ${text}`);
  }
} finally {
  await driver.quit();
  program.kill();
  server.close();
  server.closeAllConnections();
}
