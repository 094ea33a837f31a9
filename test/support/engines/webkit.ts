import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { findWebKit } from '../../../scripts/lib/engines.mjs';
import { freePorts } from '../free-ports.js';
import { helperOf, openDisplay } from './display.js';
import type { Engine, Session, TabDriver } from './driver.js';
import { PATIENCE, Turns, WebKitTab } from './webkit-tab.js';

class WebKitSession implements Session {
  readonly #driver: WebDriver;
  readonly #turns = new Turns();
  readonly #known = new Map<string, WebKitTab>();
  #opened = 0;

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  async open(): Promise<TabDriver> {
    this.#opened += 1;
    const handle = await this.#turns.take(async () => {
      // A session begins with a tab.
      if (this.#opened > 1) await this.#driver.switchTo().newWindow('window');
      return (this.#turns.at = await this.#driver.getWindowHandle());
    });
    return this.#tab(handle);
  }

  async tabs(): Promise<readonly TabDriver[]> {
    const handles = await this.#turns.take(() => this.#driver.getAllWindowHandles());
    return handles.map((handle) => this.#tab(handle));
  }

  close(): Promise<void> {
    return this.#turns.take(() => this.#driver.quit());
  }

  #tab(handle: string): WebKitTab {
    const known = this.#known.get(handle) ?? new WebKitTab(this.#driver, handle, this.#turns);
    this.#known.set(handle, known);
    return known;
  }
}

async function whenReady(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const status = await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (status) return;
    await wait(50);
  }
  throw new Error('the WebDriver of WebKit did not start');
}

/** WebKitGTK, by W3C WebDriver, on a display of its own. */
export async function startWebKit(): Promise<Engine> {
  const programs = findWebKit();
  if (programs === undefined) throw new Error('there is no WebKitGTK');
  const display = await openDisplay(programs.display);
  const [port = 0] = await freePorts(1);
  const options = { stdio: 'ignore', env: { ...process.env, DISPLAY: display.display } } as const;
  const server = helperOf(spawn(programs.driver, [`--port=${String(port)}`, '--host=127.0.0.1'], options));
  const url = `http://127.0.0.1:${String(port)}`;
  await whenReady(url);
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] },
  });
  const start = async (): Promise<WebDriver> => {
    const driver = await new Builder().usingServer(url).withCapabilities(capabilities).build();
    await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: 2 * PATIENCE });
    return driver;
  };
  return {
    name: 'webkit',
    session: async () => new WebKitSession(await start()),
    close: async () => {
      await server.stop();
      await display.stop();
    },
  };
}
