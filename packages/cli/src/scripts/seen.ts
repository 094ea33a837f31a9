import type { MarkupKind } from './markup-watch.js';

/** A script as the browser's debugger told of it. */
export interface SeenScript {
  readonly where: 'document' | 'worker';
  /** As the browser has it, never as the script calls itself (`//# sourceURL`); empty for what was made of text. */
  readonly address: string;
  /** `undefined` where it was gone before it could be asked for. */
  readonly text: string | undefined;
  /** Of WebAssembly, which has no text: its code in base64. Empty for scripts. */
  readonly bytes: string;
  /** SHA-256 of it in hex, as the engine tells at once. */
  readonly digest: string;
  /** UTF-16 code units. */
  readonly length: number;
  readonly isModule: boolean;
  /** Whether it begins where a file begins. */
  readonly atStart: boolean;
  /** Address of the script that made it, if one did at that very moment. */
  readonly caller: string;
  /** Id of its document; empty in workers. */
  readonly frame: string;
  /** Address of the worker. */
  readonly worker: string;
}

/** A request for a script. */
export interface SeenRequest {
  readonly byScript: boolean;
  readonly from: string;
}

/** A document that a frame had, in which scripts ran. */
export interface SeenFrame {
  readonly url: string;
  /** Id of the document around it; empty for the page itself. */
  readonly parent: string;
}

/** All that was seen of a page. */
export interface Seen {
  readonly scripts: readonly SeenScript[];
  readonly requests: ReadonlyMap<string, SeenRequest>;
  /** By an id of each document, also of those that were left. */
  readonly frames: ReadonlyMap<string, SeenFrame>;
  /** Code in markup, with the ids of the documents that have it. */
  readonly markup: Readonly<Record<MarkupKind, ReadonlyMap<string, ReadonlySet<string>>>>;
}
