/** What a fetch is for (Fetch §2.2.5), as far as policies tell apart. */
export type Destination =
  'script' | 'style' | 'image' | 'font' | 'media' | 'object' | 'connect' | 'frame' | 'worker' | 'manifest' | 'prefetch';

/** Something that a document tries to load. */
export interface FetchLoad {
  readonly type: 'fetch';
  readonly destination: Destination;
  readonly url: string;
  /** Where it was redirected to, in turn. */
  readonly redirects?: readonly string[];
  readonly nonce?: string;
  /** Hashes of an `integrity` attribute, as `sha256-…`. */
  readonly integrity?: readonly string[];
  /** Whether the parser made the element, and not a script (HTML §4.12.1.1). */
  readonly parserInserted?: boolean;
}

/** Code or style that stands in the document. */
export interface InlineLoad {
  readonly type: 'inline';
  readonly what: 'script' | 'script-attribute' | 'style' | 'style-attribute' | 'javascript-url';
  /**
   * Hashes of the text, as `sha256-…`: all three that a policy may name. Of a `javascript:` address the whole is hashed, with its scheme.
   */
  readonly hashes: readonly string[];
  readonly nonce?: string;
  readonly parserInserted?: boolean;
}

/** Everything else that a policy decides. */
export type OtherLoad =
  | { readonly type: 'eval' }
  | { readonly type: 'wasm' }
  /** A string that is given to a sink of the DOM, where a script would be (Trusted Types). */
  | { readonly type: 'dom-sink' }
  | { readonly type: 'form'; readonly url: string }
  | { readonly type: 'base'; readonly url: string }
  /** The document itself, in frames of these origins, the nearest first; `null` stands for an opaque one. */
  | { readonly type: 'embedding'; readonly ancestors: readonly (string | null)[] };

export type Load = FetchLoad | InlineLoad | OtherLoad;

/** The directive that a fetch is for, before any fallback (CSP3 §6.8.1). Prefetches have none. */
export const DIRECTIVE_OF = {
  script: 'script-src-elem',
  style: 'style-src-elem',
  image: 'img-src',
  font: 'font-src',
  media: 'media-src',
  object: 'object-src',
  connect: 'connect-src',
  frame: 'frame-src',
  worker: 'worker-src',
  manifest: 'manifest-src',
} as const satisfies Readonly<Record<Exclude<Destination, 'prefetch'>, string>>;

/** The directive of what stands in the document (CSP3 §6.8.2). */
export const DIRECTIVE_OF_INLINE = {
  script: 'script-src-elem',
  'javascript-url': 'script-src-elem',
  'script-attribute': 'script-src-attr',
  style: 'style-src-elem',
  'style-attribute': 'style-src-attr',
} as const satisfies Readonly<Record<InlineLoad['what'], string>>;
