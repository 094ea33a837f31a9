import { setTimeout as wait } from 'node:timers/promises';
import type { Modifier, NamedKey, Place, TabDriver } from './driver.js';

/** A tab as tests use it: functions instead of expressions, and whole gestures. */
export class Tab {
  readonly driver: TabDriver;

  constructor(driver: TabDriver) {
    this.driver = driver;
  }

  goto(url: string): Promise<void> {
    return this.driver.goto(url);
  }

  /** Runs a function in the page; it stands alone, and argument and result are what JSON can hold. */
  run<Result, Argument = undefined>(
    action: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.runIn([], action, argument);
  }

  /** The same in a frame. Only tests can: no page reaches in there. */
  async runIn<Result, Argument = undefined>(
    place: Place,
    action: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const given = argument === undefined ? '' : JSON.stringify(argument);
    return (await this.driver.evaluate(place, `(${String(action)})(${given})`)) as Result;
  }

  click(place: Place, selector: string): Promise<void> {
    return this.driver.click(place, selector);
  }

  /** Types into whatever has the focus. */
  type(text: string): Promise<void> {
    return this.driver.type(text);
  }

  press(key: NamedKey | (string & {}), ...modifiers: readonly Modifier[]): Promise<void> {
    return this.driver.press(key, modifiers);
  }

  /** Asks in the page until the answer is one that counts, and answers it. A page that goes elsewhere while it is asked is asked again. */
  async until<Result, Argument = undefined>(
    place: Place,
    action: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    let cause: unknown;
    for (let tries = 0; tries < 200; tries += 1) {
      const result = await this.runIn(place, action, argument).catch((error: unknown) => {
        cause = error;
        return undefined;
      });
      if (result !== undefined && Boolean(result)) return result;
      await wait(40);
    }
    throw new Error(`it never came true: ${String(action)}`, { cause });
  }
}
