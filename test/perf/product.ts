/** What a field holds: the four fields of a card, or so many of plain text. */
export type FieldKind = 'card' | 'text';

/** What the page of every adapter offers as `window.product`, whatever it measures. */
export interface Product {
  /** Mounts so many fields; resolves when all can be typed into. */
  mount(count: number, kind: FieldKind): Promise<void>;
  /** Swaps what was typed for tokens. */
  submit(): Promise<unknown>;
  /** Mounts places for so many values; resolves when they can be shown. */
  mountValues(count: number): Promise<void>;
  /** Shows them all: value `i` reads `valueOf(i)`. */
  reveal(): Promise<unknown>;
  /** Takes all of it out of the page. */
  unmount(): void;
  /** Calls the listener whenever the public state of a field changed. */
  onChange(listener: () => void): void;
}

/** The token of value `i`: a UUID, as every vault gives them. */
export const tokenOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** What the stub of a vault knows by that token. */
export const valueOf = (index: number): string => `value-${String(index).padStart(3, '0')}`;

/** Calls a page's driver defines, and what it leaves for the program that drives the browser. */
interface BenchGlobals {
  product: Product;
  /** Milliseconds from navigation until what the address asked for was mounted. */
  ready: Promise<number>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can extend `Window`
  interface Window extends BenchGlobals {}
}
