import { DIRECTIVES, directiveInfo } from '../syntax/directives.js';
import { directiveOf, valueOf, type Policy } from '../syntax/policy.js';
import { parseSource, type Source } from '../syntax/source.js';
import { effective, hasKeyword, type Effective } from './effective.js';
import { allowsInline, namesHash, namesNonce } from './inline.js';
import { DIRECTIVE_OF, DIRECTIVE_OF_INLINE, type FetchLoad, type InlineLoad, type Load } from './load.js';
import { listFits, type Asked } from './match-url.js';

/** A directive that does not allow a load: the one that is asked for, as browsers report it, and the one that answered. */
export interface Refusal {
  readonly effectiveDirective: string;
  readonly because: string;
}

/** Whether a policy keeps out what it does not allow, or tells of it only (CSP3 §2.2). */
export type Disposition = 'enforce' | 'report';

/** Asks one policy for one thing, for a document of that origin. `undefined`: it has nothing against it. */
export type Question = (policy: Policy, origin: URL, disposition: Disposition) => Refusal | undefined;

const refusal = (effectiveDirective: string, because = effectiveDirective): Refusal => ({
  effectiveDirective,
  because,
});

/** What has a directive of its own. */
type Directed = keyof typeof DIRECTIVE_OF;

function allowsScript(sources: readonly Source[], load: FetchLoad, asked: Asked): boolean {
  if (namesNonce(sources, load.nonce)) return true;
  // CSP3 §6.7.1.1: every hash of the attribute must be named, for the browser may use any.
  const { integrity = [] } = load;
  if (integrity.length > 0 && integrity.every((hash) => namesHash(sources, [hash]))) return true;
  if (hasKeyword(sources, 'strict-dynamic')) return load.parserInserted === false;
  return listFits(sources, asked);
}

function allowsFetch({ sources }: Effective, load: FetchLoad, asked: Asked): boolean {
  if (load.destination === 'script') return allowsScript(sources, load, asked);
  // Only a script can start a worker, and so one is never of the parser's making (CSP3 §6.1.16.1).
  if (load.destination === 'worker' && hasKeyword(sources, 'strict-dynamic')) return true;
  if (load.destination === 'style' && namesNonce(sources, load.nonce)) return true;
  return listFits(sources, asked);
}

/**
 * CSP3 §6.8.4: a hint is allowed where any directive would allow what it fetches. Chromium tells a policy that only reports of redirects
 * alone.
 */
const prefetch =
  (url: string, redirected: boolean): Question =>
  (policy, origin, disposition) => {
    if ((disposition === 'report' && !redirected) || directiveOf(policy, 'default-src') === undefined) return undefined;
    const asked = { url: new URL(url), origin, redirected };
    const allowed = HINTED.some((name) => listFits(effective(policy, name)?.sources ?? [], asked));
    return allowed ? undefined : refusal('default-src');
  };
const HINTED = DIRECTIVES.filter((name) => /-src(?:-elem)?$/u.test(name) && directiveInfo(name)?.status === 'standard');

function judgeFetch(
  policy: Policy,
  load: FetchLoad & { readonly destination: Directed },
  asked: Asked,
): Refusal | undefined {
  const name = DIRECTIVE_OF[load.destination];
  const found = effective(policy, name);
  return found === undefined || allowsFetch(found, load, asked) ? undefined : refusal(name, found.name);
}

/**
 * A fetch, asked for again at every redirect (CSP3 §4.1.3). What an `<object>` or `<embed>` shows may be a document: CSP3 §6.8.1 has
 * `object-src` alone for it, but Chromium asks `frame-src` as well, and at redirects that alone.
 */
const questionsOfFetch = (load: FetchLoad): readonly Question[] =>
  [load.url, ...(load.redirects ?? [])].flatMap((url, index) => {
    const question =
      (destination: Directed): Question =>
      (policy, origin) =>
        judgeFetch(policy, { ...load, destination }, { url: new URL(url), origin, redirected: index > 0 });
    if (load.destination === 'prefetch') return [prefetch(url, index > 0)];
    if (load.destination !== 'object') return [question(load.destination)];
    return index === 0 ? [question('object'), question('frame')] : [question('frame')];
  });

const inline =
  (load: InlineLoad): Question =>
  (policy) => {
    const name = DIRECTIVE_OF_INLINE[load.what];
    const found = effective(policy, name);
    return found === undefined || allowsInline(found, load) ? undefined : refusal(name, found.name);
  };

/** Code that is made of text: `script-src`, by its fallback (CSP3 §4.4.1, WebAssembly §2). */
function judgeCode(policy: Policy, keywords: readonly string[]): Refusal | undefined {
  const found = effective(policy, 'script-src');
  if (found === undefined || keywords.some((keyword) => hasKeyword(found.sources, keyword))) return undefined;
  return refusal('script-src', found.name);
}

/** Trusted Types §4.1.2: asked before any other directive, for it may change the text. */
const judgeSink: Question = (policy) =>
  valueOf(policy, 'require-trusted-types-for')?.includes("'script'") === true
    ? refusal('require-trusted-types-for')
    : undefined;

/** A directive without a fallback, whose sources are compared with an address. */
function judgePlace(policy: Policy, name: string, asked: Asked): Refusal | undefined {
  const sources = valueOf(policy, name);
  if (sources === undefined || listFits(sources.map(parseSource), asked)) return undefined;
  return refusal(name);
}

const place =
  (name: string, url: string): Question =>
  (policy, origin) =>
    judgePlace(policy, name, { url: new URL(url), origin, redirected: false });

const code =
  (...keywords: readonly string[]): Question =>
  (policy) =>
    judgeCode(policy, keywords);

/**
 * What a browser asks all policies for a load, in turn: it asks for the next only where no policy that is enforced refused. A
 * document is asked for for each of its ancestors (CSP3 §6.4.2.1).
 */
export function questionsOf(load: Load): readonly Question[] {
  switch (load.type) {
    case 'fetch':
      return questionsOfFetch(load);
    case 'inline':
      return load.what === 'javascript-url' ? [inline(load), judgeSink] : [inline(load)];
    case 'eval':
      return [judgeSink, code('unsafe-eval')];
    case 'wasm':
      return [code('unsafe-eval', 'wasm-unsafe-eval')];
    case 'dom-sink':
      return [judgeSink];
    case 'form':
      return [place('form-action', load.url)];
    case 'base':
      return [place('base-uri', load.url)];
    case 'embedding':
      // An opaque origin has no address, and so none that a list could name. Of any other only the origin is compared, so that a source
      // with a path allows no ancestor.
      return load.ancestors.map((ancestor) => place('frame-ancestors', ancestor ?? 'about:blank'));
  }
}
