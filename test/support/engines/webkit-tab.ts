import { By, Key, Origin, until, type Actions, type WebDriver, type WebElement } from 'selenium-webdriver';
import type { Modifier, NamedKey, Place, TabDriver } from './driver.js';

/** Milliseconds that anything may take. */
export const PATIENCE = 15_000;

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
export class Turns {
  /** The tab that it is in. To go where one is would take the focus from a frame. */
  at = '';
  #last: Promise<unknown> = Promise.resolve();

  take<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Where the middle of an element is, in its own viewport, once it has been scrolled into sight. */
const MIDDLE = `arguments[0].scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = arguments[0].getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };`;
/** Where the document in an iframe begins. */
const CORNER = `const { left, top } = arguments[0].getBoundingClientRect();
  return { x: left + arguments[0].clientLeft, y: top + arguments[0].clientTop };`;
/** Scrolls until the page shows a point; answers where it is then. */
const IN_SIGHT = `const [x, y] = arguments;
  if (y < 0 || y >= innerHeight) scrollBy({ top: y - innerHeight / 2, behavior: 'instant' });
  const { top } = document.documentElement.getBoundingClientRect();
  return { x, y: y + top - arguments[2] };`;
const HEIGHT = 'return document.documentElement.getBoundingClientRect().top;';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * One tab. To switch into a frame gives that frame the focus (WebDriver asks for it), so that every look into one would be a
 * move of the focus that no shopper made: after each look the focus is put back, and clicks and keys come from the page
 * itself, by points of the screen, as those of a person do.
 */
export class WebKitTab implements TabDriver {
  readonly #driver: WebDriver;
  readonly #handle: string;
  readonly #turns: Turns;

  constructor(driver: WebDriver, handle: string, turns: Turns) {
    this.#driver = driver;
    this.#handle = handle;
    this.#turns = turns;
  }

  goto(url: string): Promise<void> {
    return this.#here(() => this.#driver.get(url));
  }

  evaluate(place: Place, expression: string): Promise<unknown> {
    return this.#here(() =>
      this.#lookInto(place, async () => {
        const { value, error } = await this.#driver.executeAsyncScript<Answer>(asAnswer(expression));
        if (error !== undefined) throw new Error(error);
        return value;
      }),
    );
  }

  click(place: Place, selector: string): Promise<void> {
    return this.#here(async () => {
      const { x, y } = await this.#pointOf(place, selector);
      const move = { origin: Origin.VIEWPORT, x: Math.round(x), y: Math.round(y), duration: 0 };
      await this.#driver.actions().move(move).press().release().perform();
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
    return this.#here(() => this.#driver.navigate().back());
  }

  reload(): Promise<void> {
    return this.#here(() => this.#driver.navigate().refresh());
  }

  show(): Promise<void> {
    return this.#here(() => Promise.resolve());
  }

  screenshot(): Promise<Buffer> {
    return this.#here(async () => Buffer.from(await this.#driver.takeScreenshot(), 'base64'));
  }

  close(): Promise<void> {
    return this.#here(async () => {
      await this.#driver.close();
      this.#turns.at = '';
    });
  }

  #keys(add: (actions: Actions) => void): Promise<void> {
    return this.#here(async () => {
      const actions = this.#driver.actions();
      add(actions);
      await actions.perform();
    });
  }

  async #pointOf(place: Place, selector: string): Promise<Point> {
    const { x, y } = await this.#lookInto(place, async (path) => {
      const element = await this.#driver.wait(until.elementLocated(By.css(selector)), PATIENCE);
      await this.#driver.wait(until.elementIsVisible(element), PATIENCE);
      let point = await this.#driver.executeScript<Point>(MIDDLE, element);
      for (const iframe of path.toReversed()) {
        await this.#driver.switchTo().parentFrame();
        const corner = await this.#driver.executeScript<Point>(CORNER, iframe);
        point = { x: point.x + corner.x, y: point.y + corner.y };
      }
      return point;
    });
    const top = await this.#driver.executeScript<number>(HEIGHT);
    return this.#driver.executeScript<Point>(IN_SIGHT, x, y, top);
  }

  /** Goes into a frame and comes back, with the focus where it was. */
  async #lookInto<T>(place: Place, look: (path: readonly WebElement[]) => Promise<T>): Promise<T> {
    if (place.length === 0) return look([]);
    const before = await this.#driver.executeScript<WebElement | null>('return document.activeElement');
    const path: WebElement[] = [];
    try {
      for (const selector of place) {
        const iframe = await this.#driver.wait(until.elementLocated(By.css(selector)), PATIENCE);
        await this.#driver.switchTo().frame(iframe);
        path.push(iframe);
      }
      return await look(path);
    } finally {
      await this.#driver.switchTo().defaultContent();
      await this.#refocus(before);
    }
  }

  /** Gives the focus back to the frame that had it, or to the page. */
  async #refocus(before: WebElement | null): Promise<void> {
    const tag = (await before?.getTagName().catch(() => undefined))?.toLowerCase();
    if (tag === 'iframe' && before !== null) {
      await this.#driver
        .switchTo()
        .frame(before)
        .catch(() => undefined);
      await this.#driver.switchTo().defaultContent();
    } else await this.#driver.executeScript('window.focus()');
  }

  #here<T>(action: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (this.#turns.at !== this.#handle) await this.#driver.switchTo().window(this.#handle);
      this.#turns.at = this.#handle;
      await this.#driver.switchTo().defaultContent();
      return action();
    });
  }
}
