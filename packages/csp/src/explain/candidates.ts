import type { Destination } from '../semantics/load.js';
import { parseSource } from '../syntax/source.js';
import type { Subject } from './subject.js';
import type { Owner } from './whose.js';

/** Sources of which each may mend a violation, the narrowest first; or why there is none. */
export type Candidates =
  | { readonly kind: 'sources'; readonly sources: readonly (readonly string[])[] }
  | { readonly kind: 'none'; readonly why: string };

const none = (why: string): Candidates => ({ kind: 'none', why });
const sources = (...each: readonly string[]): Candidates => ({ kind: 'sources', sources: each.map((one) => [one]) });

type Thing = Destination | 'form' | 'base';

/** What may come without a place, and do no harm. */
const HARMLESS: Readonly<Record<string, readonly Thing[]>> = {
  'data:': ['image', 'font', 'media'],
  'blob:': ['image', 'font', 'media', 'worker'],
};

/** Semicolons and commas end what they stand in, in a header (CSP3 §2.3.1). */
const quoted = (path: string): string => path.replaceAll(';', '%3B').replaceAll(',', '%2C');

function placeCandidates(thing: Thing, url: URL, owner: Owner): Candidates {
  const harmless = HARMLESS[url.protocol];
  if (harmless !== undefined) {
    if (harmless.includes(thing)) return sources(url.protocol);
    return none(`A policy that allows ${url.protocol} here allows whatever a page is made to write there.`);
  }
  if (url.origin === 'null') return none('The address has no origin that a policy could name.');
  if (owner.whose === 'page') return sources("'self'", url.origin);
  if (thing === 'base') return none('A base address of another origin moves every relative address of the page to it.');
  if (owner.whose === 'service') return sources(owner.source, url.origin);
  // Of an origin that nobody vouches for one file alone, where the file is code: others may publish there too.
  const isCode = thing === 'script' || thing === 'worker';
  return isCode && owner.whose === 'unknown'
    ? sources(`${url.origin}${quoted(url.pathname)}`, url.origin)
    : sources(url.origin);
}

function inlineCandidates({ what, load }: Extract<Subject, { readonly kind: 'inline' }>): Candidates {
  if (what === 'script-attribute') return none('Move the handler into a script and use addEventListener.');
  if (what === 'style-attribute') return none('Move the style into a style sheet, or set it by element.style.');
  const hashes = load.type === 'inline' ? load.hashes.map((hash) => `'${hash}'`) : [];
  const known = hashes.filter((hash) => parseSource(hash).kind === 'hash');
  if (known.length > 0) return sources(...known);
  return none(`Give the ${what} the nonce of the answer, or name its hash in the policy.`);
}

/**
 * What could be added to a policy.
 *
 * @param page origin of the document, where it has one.
 */
export function candidatesOf(subject: Subject, owner: Owner, page: string | undefined): Candidates {
  if (owner.whose === 'extension') return none('No policy of the page can or should allow it.');
  if (page === undefined) return none('The document has no origin of its own.');
  switch (subject.kind) {
    case 'place':
      return placeCandidates(subject.thing, subject.url, owner);
    case 'inline':
      return inlineCandidates(subject);
    case 'wasm':
      return sources("'wasm-unsafe-eval'");
    case 'eval':
      return none('Replace eval, new Function and timers that are given a text; to allow them is to allow any text.');
    case 'types':
      return none('Make the value by a policy of Trusted Types that trusted-types names.');
    case 'ancestors':
      return none('A report does not say who embeds the page: add that origin to frame-ancestors if you know it.');
    case 'other':
      return none('The report does not say enough of what was refused.');
  }
}
