import { DIRECTIVES, directiveInfo } from '../syntax/directives.js';
import { directiveOf, valueOf, type Policy } from '../syntax/policy.js';
import { parseSource, type Source } from '../syntax/source.js';
import { effective, hasKeyword, type Effective } from './effective.js';
import { allowsInline, namesHash, namesNonce } from './inline.js';
import { DIRECTIVE_OF, DIRECTIVE_OF_INLINE, type FetchLoad, type Load } from './load.js';
import { listFits, type Asked } from './match-url.js';

/** A directive that does not allow a load: the one that is asked for, as browsers report it, and the one that answered. */
export interface Refusal {
  readonly effectiveDirective: string;
  readonly because: string;
}

/** Asks one policy for one thing. `undefined`: it has nothing against it. */
export type Judge = (policy: Policy, load: Load, origin: URL) => Refusal | undefined;

const refusal = (effectiveDirective: string, because = effectiveDirective): Refusal => ({
  effectiveDirective,
  because,
});

/** All addresses of a fetch, each with whether it came of a redirect. */
const steps = ({ url, redirects = [] }: FetchLoad, origin: URL): readonly Asked[] =>
  [url, ...redirects].map((address, index) => ({ url: new URL(address), origin, redirected: index > 0 }));

function allowsScript(sources: readonly Source[], load: FetchLoad, asked: Asked): boolean {
  if (namesNonce(sources, load.nonce)) return true;
  // CSP3 §6.7.1.1: every hash of the attribute must be named, for the browser may use any.
  const { integrity = [] } = load;
  if (integrity.length > 0 && integrity.every((hash) => namesHash(sources, [hash]))) return true;
  if (hasKeyword(sources, 'strict-dynamic')) return load.parserInserted === false;
  return listFits(sources, asked);
}

function allowsFetch({ sources }: Effective, load: FetchLoad, asked: Asked): boolean {
  if (load.destination === 'script' || load.destination === 'worker') return allowsScript(sources, load, asked);
  if (load.destination === 'style' && namesNonce(sources, load.nonce)) return true;
  return listFits(sources, asked);
}

/** CSP3 §6.8.4: a hint is allowed where any directive would allow what it fetches. */
function judgePrefetch(policy: Policy, asked: Asked): Refusal | undefined {
  if (directiveOf(policy, 'default-src') === undefined) return undefined;
  const lists = DIRECTIVES.filter((name) => name.endsWith('-src') && directiveInfo(name)?.status !== 'gone').map(
    (name) => (valueOf(policy, name) ?? []).map(parseSource),
  );
  return lists.some((sources) => listFits(sources, asked)) ? undefined : refusal('default-src');
}

function judgeFetch(policy: Policy, load: FetchLoad, origin: URL): Refusal | undefined {
  for (const asked of steps(load, origin)) {
    if (load.destination === 'prefetch') {
      const refused = judgePrefetch(policy, asked);
      if (refused !== undefined) return refused;
      continue;
    }
    const name = DIRECTIVE_OF[load.destination];
    const found = effective(policy, name);
    if (found !== undefined && !allowsFetch(found, load, asked)) return refusal(name, found.name);
  }
  return undefined;
}

/** Code that is made of text: `script-src`, by its fallback (CSP3 §4.4.1, WebAssembly §2). */
function judgeCode(policy: Policy, keywords: readonly string[]): Refusal | undefined {
  const found = effective(policy, 'script-src');
  if (found === undefined || keywords.some((keyword) => hasKeyword(found.sources, keyword))) return undefined;
  return refusal('script-src', found.name);
}

const trustedTypes = (policy: Policy): boolean =>
  valueOf(policy, 'require-trusted-types-for')?.includes("'script'") === true;

/** A directive without a fallback, whose sources are compared with an address. */
function judgePlace(policy: Policy, name: string, asked: Asked): Refusal | undefined {
  const sources = valueOf(policy, name);
  if (sources === undefined || listFits(sources.map(parseSource), asked)) return undefined;
  return refusal(name);
}

function judgeEmbedding(policy: Policy, ancestors: readonly (string | null)[], origin: URL): Refusal | undefined {
  for (const ancestor of ancestors) {
    // An opaque origin has no address, and so none that a list could name.
    const url = new URL(ancestor ?? 'about:blank');
    const refused = judgePlace(policy, 'frame-ancestors', { url, origin, redirected: true });
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** What one policy says of one load. The origin is that of the document that the policy protects. */
export const judge: Judge = (policy, load, origin) => {
  switch (load.type) {
    case 'fetch':
      return judgeFetch(policy, load, origin);
    case 'inline': {
      const name = DIRECTIVE_OF_INLINE[load.what];
      const found = effective(policy, name);
      return found === undefined || allowsInline(found.sources, load) ? undefined : refusal(name, found.name);
    }
    case 'eval':
      return trustedTypes(policy) ? refusal('require-trusted-types-for') : judgeCode(policy, ['unsafe-eval']);
    case 'wasm':
      return judgeCode(policy, ['unsafe-eval', 'wasm-unsafe-eval']);
    case 'dom-sink':
      return trustedTypes(policy) ? refusal('require-trusted-types-for') : undefined;
    case 'form':
      return judgePlace(policy, 'form-action', { url: new URL(load.url), origin, redirected: false });
    case 'base':
      return judgePlace(policy, 'base-uri', { url: new URL(load.url), origin, redirected: false });
    case 'embedding':
      return judgeEmbedding(policy, load.ancestors, origin);
  }
};
