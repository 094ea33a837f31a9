/** Words in quotes that a source list may have (CSP3 §2.3.1, WebAssembly and Trusted Types). */
export const KEYWORDS = [
  'self',
  'unsafe-inline',
  'unsafe-eval',
  'strict-dynamic',
  'unsafe-hashes',
  'report-sample',
  'wasm-unsafe-eval',
  'trusted-types-eval',
  'inline-speculation-rules',
  'unsafe-allow-redirects',
  'report-sha256',
  'report-sha384',
  'report-sha512',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** A place: what is not said is `undefined`. `host` may begin with `*.` or be `*`; a path keeps its percent signs. */
export interface HostSource {
  readonly kind: 'host';
  readonly scheme: string | undefined;
  readonly host: string;
  readonly port: string | undefined;
  readonly path: string | undefined;
}

/** One expression of a source list. `unknown` matches nothing. */
export type Source =
  | { readonly kind: 'none' }
  | { readonly kind: 'keyword'; readonly keyword: Keyword }
  | { readonly kind: 'nonce'; readonly nonce: string }
  | { readonly kind: 'hash'; readonly algorithm: HashAlgorithm; readonly value: string }
  | { readonly kind: 'scheme'; readonly scheme: string }
  | HostSource
  | { readonly kind: 'unknown'; readonly text: string };

const QUOTED = /^'([^']*)'$/u;
const NONCE = /^nonce-([\w+/-]+={0,2})$/iu;
/** Chromium reads over what is not base64, though the grammar of CSP3 §2.3.1 allows any number of letters. */
const HASH = /^(sha256|sha384|sha512)-((?:[\w+/-]{4})*(?:[\w+/-]{4}|[\w+/-]{3}=?|[\w+/-]{2}={0,2}))$/iu;
const SCHEME = /^([a-z][\d+.a-z-]*):$/iu;
/** RFC 3986's letters; browsers allow `_` in hosts too. A query or fragment is read over, as Chromium does. */
const HOST = /^(?:([a-z][\d+.a-z-]*):\/\/)?(\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?)(?::(\d+|\*))?(\/[^#?]*)?(?:[#?].*)?$/iu;

const isKeyword = (word: string): word is Keyword => KEYWORDS.some((keyword) => keyword === word);
const isAlgorithm = (word: string): word is HashAlgorithm =>
  word === 'sha256' || word === 'sha384' || word === 'sha512';

function readQuoted(inside: string, text: string): Source {
  const word = inside.toLowerCase();
  if (word === 'none') return { kind: 'none' };
  if (isKeyword(word)) return { kind: 'keyword', keyword: word };
  const [, nonce] = NONCE.exec(inside) ?? [];
  if (nonce !== undefined) return { kind: 'nonce', nonce };
  const [, algorithm = '', value = ''] = HASH.exec(inside) ?? [];
  const known = algorithm.toLowerCase();
  return isAlgorithm(known) ? { kind: 'hash', algorithm: known, value } : { kind: 'unknown', text };
}

/** Reads one expression (CSP3 §2.3.1). Schemes and hosts are answered in lower case; total. */
export function parseSource(text: string): Source {
  const [, inside] = QUOTED.exec(text) ?? [];
  if (inside !== undefined) return readQuoted(inside, text);
  const [, scheme] = SCHEME.exec(text) ?? [];
  if (scheme !== undefined) return { kind: 'scheme', scheme: scheme.toLowerCase() };
  const match = HOST.exec(text);
  if (match === null) return { kind: 'unknown', text };
  const [, before, host = '', port, path] = match;
  return { kind: 'host', scheme: before?.toLowerCase(), host: host.toLowerCase(), port, path };
}

/** Writes one expression. Law: `parseSource(printSource(source))` equals `source`. */
export function printSource(source: Source): string {
  switch (source.kind) {
    case 'none':
      return "'none'";
    case 'keyword':
      return `'${source.keyword}'`;
    case 'nonce':
      return `'nonce-${source.nonce}'`;
    case 'hash':
      return `'${source.algorithm}-${source.value}'`;
    case 'scheme':
      return `${source.scheme}:`;
    case 'host':
      return [
        source.scheme === undefined ? '' : `${source.scheme}://`,
        source.host,
        source.port === undefined ? '' : `:${source.port}`,
        source.path ?? '',
      ].join('');
    case 'unknown':
      return source.text;
  }
}
