import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Builder,
  By,
  Capabilities,
  Key,
  until,
  type Actions,
  type WebDriver,
  type WebElement,
} from 'selenium-webdriver';
import { findWebKit } from '../../../scripts/lib/engines.mjs';
import { freePorts } from '../free-ports.js';
import { helperOf, openDisplay } from './display.js';
import type { Engine, Modifier, NamedKey, Place, Session, TabDriver } from './driver.js';

const PATIENCE = 15_000;

const KEYS: Readonly<Record<NamedKey | Modifier, string>> = {
  Tab: Key.TAB,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Backspace: Key.BACK_SPACE,
  Delete: Key.DELETE,
  Home: Key.HOME,
  End: Key.END,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  ArrowDown: Key.ARROW_DOWN,
  Insert: Key.INSERT,
  Control: Key.CONTROL,
  Shift: Key.SHIFT,
};

const isNamed = (key: string): key is keyof typeof KEYS => key in KEYS;
const codeOf = (key: string): string => (isNamed(key) ? KEYS[key] : key);

/** What the page answers with: a thrown error must arrive as one. */
interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

const asAnswer = (expression: string): string => `const done = arguments[arguments.length - 1];
  Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`;

/** WebDriver has one place at a time; each command goes there first, and the next one waits. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

class WebKitTab implements TabDriver {
  readonly #driver: WebDriver;
  readonly #handle: string;
  readonly #turns: Turns;
  /** The frame that has the focus. WebDriver sends keys to its own place, and would take the focus there. */
  #focused: WebElement | null = null;

  constructor(driver: WebDriver, handle: string, turns: Turns) {
    this.#driver = driver;
    this.#handle = handle;
    this.#turns = turns;
  }

  goto(url: string): Promise<void> {
    return this.#at([], () => this.#driver.get(url));
  }

  evaluate(place: Place, expression: string): Promise<unknown> {
    return this.#at(place, async () => {
      const { value, error } = await this.#driver.executeAsyncScript<Answer>(asAnswer(expression));
      if (error !== undefined) throw new Error(error);
      return value;
    });
  }

  click(place: Place, selector: string): Promise<void> {
    return this.#at(place, async (outermost) => {
      const element = await this.#driver.wait(until.elementLocated(By.css(selector)), PATIENCE);
      await this.#driver.wait(until.elementIsVisible(element), PATIENCE);
      await element.click();
      this.#focused = outermost;
    });
  }

  type(text: string): Promise<void> {
    return this.#keys((actions) => actions.sendKeys(...Array.from(text)));
  }

  press(key: string, modifiers: readonly Modifier[]): Promise<void> {
    return this.#keys((actions) => {
      for (const modifier of modifiers) actions.keyDown(codeOf(modifier));
      actions.keyDown(codeOf(key)).keyUp(codeOf(key));
      for (const modifier of modifiers.toReversed()) actions.keyUp(codeOf(modifier));
    });
  }

  back(): Promise<void> {
    return this.#at([], () => this.#driver.navigate().back());
  }

  reload(): Promise<void> {
    return this.#at([], () => this.#driver.navigate().refresh());
  }

  show(): Promise<void> {
    return this.#at([], () => Promise.resolve());
  }

  screenshot(): Promise<Buffer> {
    return this.#at([], async () => Buffer.from(await this.#driver.takeScreenshot(), 'base64'));
  }

  close(): Promise<void> {
    return this.#at([], () => this.#driver.close());
  }

  #keys(add: (actions: Actions) => void): Promise<void> {
    return this.#at([], async () => {
      await this.#findFocus();
      if (this.#focused !== null) await this.#driver.switchTo().frame(this.#focused);
      const actions = this.#driver.actions();
      add(actions);
      await actions.perform();
      await this.#driver.switchTo().defaultContent();
      await this.#findFocus();
    });
  }

  /** Which frame has the focus; when the page says that nothing has it, WebDriver has looked into the frame meanwhile. */
  async #findFocus(): Promise<void> {
    const active: WebElement = await this.#driver.switchTo().activeElement();
    const name = (await active.getTagName()).toLowerCase();
    if (name !== 'body') this.#focused = name === 'iframe' ? active : null;
  }

  #at<T>(place: Place, action: (outermost: WebElement | null) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      await this.#driver.switchTo().window(this.#handle);
      await this.#driver.switchTo().defaultContent();
      const path: WebElement[] = [];
      for (const selector of place) {
        const iframe = await this.#driver.wait(until.elementLocated(By.css(selector)), PATIENCE);
        await this.#driver.switchTo().frame(iframe);
        path.push(iframe);
      }
      return action(path[0] ?? null);
    });
  }
}

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
      if (this.#opened > 1) await this.#driver.switchTo().newWindow('tab');
      return this.#driver.getWindowHandle();
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
