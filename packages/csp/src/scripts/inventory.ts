/** How a script came to run in a page. */
export const SCRIPT_KINDS = [
  'external',
  'inline',
  'module',
  'injected',
  'handler',
  'javascript-url',
  'eval',
  'worker',
  'wasm',
] as const;
export type ScriptKind = (typeof SCRIPT_KINDS)[number];

/** One script that ran in a page, as a browser saw it. */
export interface RanScript {
  readonly kind: ScriptKind;
  /** Its address without query and fragment; empty for what stands in a document or was made of text. */
  readonly src: string;
  /** With its question mark; not given, or empty: none. It may differ from visitor to visitor, and is compared only where an approval has one. */
  readonly query?: string;
  /** Of its text, `sha384-…` in base64. */
  readonly hash: string;
  /** UTF-16 code units. */
  readonly length: number;
  /** Address of the script that brought it, or of the document. */
  readonly initiator: string;
  /** Of the frame that it ran in. */
  readonly frame: string;
}

/** Every script that a page ran, and when that was seen. */
export interface Inventory {
  readonly page: string;
  /** Where it led in the end; not given: it did not. */
  readonly led?: string;
  /** ISO 8601, UTC. */
  readonly seen: string;
  readonly scripts: readonly RanScript[];
}
