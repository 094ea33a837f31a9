import { DIRECTIVE_OF, type Destination, type InlineLoad, type Load } from '../semantics/load.js';
import type { ViolationFacts } from './violation-facts.js';

/** What a violation is about. */
export type Subject =
  /** Something at an address, or of a scheme that has none (`data:`). */
  | { readonly kind: 'place'; readonly thing: Destination | 'form' | 'base'; readonly url: URL; readonly load: Load }
  | { readonly kind: 'inline'; readonly what: InlineLoad['what']; readonly load: Load }
  | { readonly kind: 'eval' | 'wasm'; readonly load: Load }
  /** Trusted Types. */
  | { readonly kind: 'types' }
  /** Who embeds the page, which reports do not say. */
  | { readonly kind: 'ancestors' }
  | { readonly kind: 'other' };

/** By the names that CSP3 gives to what is reported, and by those that older browsers give. */
const DESTINATIONS: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ['script-src', 'script'],
  ['style-src', 'style'],
  ['child-src', 'frame'],
  ...destinations(),
]);

function destinations(): readonly (readonly [string, Destination])[] {
  const names: readonly Exclude<Destination, 'prefetch'>[] = [
    'script',
    'style',
    'image',
    'font',
    'media',
    'object',
    'connect',
    'frame',
    'worker',
    'manifest',
  ];
  return names.map((destination) => [DIRECTIVE_OF[destination], destination]);
}

const INLINE: Readonly<Record<string, InlineLoad['what']>> = {
  'script-src': 'script',
  'script-src-elem': 'script',
  'script-src-attr': 'script-attribute',
  'style-src': 'style',
  'style-src-elem': 'style',
  'style-src-attr': 'style-attribute',
};

function inlineSubject(directive: string, hashes: readonly string[]): Subject {
  const what = Object.hasOwn(INLINE, directive) ? INLINE[directive] : undefined;
  return what === undefined ? { kind: 'other' } : { kind: 'inline', what, load: { type: 'inline', what, hashes } };
}

/** Browsers name the scheme alone where an address has no place: `data`, `blob`; the collector keeps `data:`. */
const addressOf = (blocked: string): string => (blocked === 'data' || blocked === 'blob' ? `${blocked}:` : blocked);

function placeSubject(directive: string, blocked: string): Subject {
  const address = addressOf(blocked);
  if (!URL.canParse(address)) return { kind: 'other' };
  const url = new URL(address);
  if (directive === 'form-action') return { kind: 'place', thing: 'form', url, load: { type: 'form', url: address } };
  if (directive === 'base-uri') return { kind: 'place', thing: 'base', url, load: { type: 'base', url: address } };
  const destination = DESTINATIONS.get(directive);
  if (destination === undefined) return { kind: 'other' };
  return { kind: 'place', thing: destination, url, load: { type: 'fetch', destination, url: address } };
}

/**
 * What a violation is about.
 *
 * @param hashes of what stands in the document, as `sha256-…`, where the caller knows it.
 */
export function subjectOf({ directive, blocked }: ViolationFacts, hashes: readonly string[]): Subject {
  if (directive === 'frame-ancestors') return { kind: 'ancestors' };
  if (directive === 'require-trusted-types-for' || directive === 'trusted-types') return { kind: 'types' };
  switch (blocked) {
    case 'eval':
      return { kind: 'eval', load: { type: 'eval' } };
    case 'wasm-eval':
      return { kind: 'wasm', load: { type: 'wasm' } };
    // CSP1 and CSP2 called it by the document's own name.
    case 'self':
    case 'inline':
      return inlineSubject(directive, hashes);
    default:
      return placeSubject(directive, blocked);
  }
}
