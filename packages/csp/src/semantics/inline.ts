import type { HashAlgorithm, Source } from '../syntax/source.js';
import { hasKeyword, type Effective } from './effective.js';
import type { InlineLoad } from './load.js';

/** Elements may have a nonce; attributes and addresses may not. */
const isElement = (what: InlineLoad['what']): boolean => what === 'script' || what === 'style';

/**
 * CSP3 §6.7.3.2: `'unsafe-inline'` counts only where nothing that is stricter stands beside it. By the specification `'strict-dynamic'` is
 * stricter for scripts alone; in Chromium it is so for styles too where `default-src` answers for them.
 */
function allowsAll({ name, sources }: Effective): boolean {
  if (sources.some(({ kind }) => kind === 'nonce' || kind === 'hash')) return false;
  if (!name.startsWith('style-') && hasKeyword(sources, 'strict-dynamic')) return false;
  return hasKeyword(sources, 'unsafe-inline');
}

/** Base64 in both alphabets is one value (CSP3 §6.7.3.3); Chromium compares bytes, and so reads over the padding too. */
const sameHash = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (value: string): string => value.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');

/** Whether the list names one of these hashes, each `sha256-…`. */
export const namesHash = (sources: readonly Source[], hashes: readonly string[]): boolean =>
  sources.some(
    (source) =>
      source.kind === 'hash' &&
      hashes.some((hash) => {
        const [algorithm, ...rest] = hash.split('-');
        return isOf(algorithm, source.algorithm) && sameHash(rest.join('-'), source.value);
      }),
  );
const isOf = (algorithm: string | undefined, wanted: HashAlgorithm): boolean => algorithm === wanted;

/** Whether the list names the nonce of an element. */
export const namesNonce = (sources: readonly Source[], nonce: string | undefined): boolean =>
  nonce !== undefined && nonce !== '' && sources.some((source) => source.kind === 'nonce' && source.nonce === nonce);

/** Whether the directive that answers allows what stands in the document (CSP3 §6.7.3.3). */
export function allowsInline(found: Effective, load: InlineLoad): boolean {
  const { sources } = found;
  const { what, nonce, hashes, parserInserted = true } = load;
  if (allowsAll(found)) return true;
  if (isElement(what) && namesNonce(sources, nonce)) return true;
  if (isElement(what) || hasKeyword(sources, 'unsafe-hashes')) {
    if (namesHash(sources, hashes)) return true;
  }
  // A script that may run may also write scripts into the document, but not into its markup.
  return what === 'script' && hasKeyword(sources, 'strict-dynamic') && !parserInserted;
}
