import type { EngineName } from '../../../scripts/lib/engines.mjs';

/** Where in a tab: the page itself (`[]`), or a frame in it, by CSS selectors from the outermost iframe inwards. */
export type Place = readonly string[];

/** Keys that are no characters, by the names that all drivers are told in. */
export type NamedKey =
  | 'Tab'
  | 'Enter'
  | 'Escape'
  | 'Backspace'
  | 'Delete'
  | 'Home'
  | 'End'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Insert';
export type Modifier = 'Control' | 'Shift';

/** The least that a driver must be able to do with one tab; all else is made of it. */
export interface TabDriver {
  goto(url: string): Promise<void>;
  /** Evaluates an expression; a promise is awaited. The result is what JSON can hold. */
  evaluate(place: Place, expression: string): Promise<unknown>;
  /** Clicks the middle of the first element that fits, by a pointer. */
  click(place: Place, selector: string): Promise<void>;
  /** Types characters, key by key, into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Presses one key: a character, or a `NamedKey`. */
  press(key: string, modifiers: readonly Modifier[]): Promise<void>;
  back(): Promise<void>;
  reload(): Promise<void>;
  /** Brings it to the front. */
  show(): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Tabs that share stores and clipboard; nothing of an earlier one is left. */
export interface Session {
  open(): Promise<TabDriver>;
  /** All tabs, also those that a page opened, oldest first. */
  tabs(): Promise<readonly TabDriver[]>;
  close(): Promise<void>;
}

/** A browser that runs. */
export interface Engine {
  readonly name: EngineName;
  session(): Promise<Session>;
  close(): Promise<void>;
}
