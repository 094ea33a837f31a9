import type { HostSource, Source } from '../syntax/source.js';

/** Where a protected document stands, and what it asks for (CSP3 §6.7.2.6: a URL, an origin, how often it was redirected). */
export interface Asked {
  readonly url: URL;
  /** Origin of the document that the policy protects. */
  readonly origin: URL;
  /** After a redirect paths are not compared, so that a policy does not tell where it went (CSP3 §7.6). */
  readonly redirected: boolean;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443', ws: '80', wss: '443' };
const schemeOf = (url: URL): string => url.protocol.slice(0, -1);
const portOf = (url: URL): string => (url.port === '' ? (DEFAULT_PORTS[schemeOf(url)] ?? '') : url.port);

/** CSP3 §6.7.2.9: a scheme also names its secure form. */
function schemeFits(named: string, scheme: string): boolean {
  if (named === scheme) return true;
  if (named === 'http') return scheme === 'https';
  if (named === 'ws') return scheme === 'wss' || scheme === 'http' || scheme === 'https';
  return named === 'wss' && scheme === 'https';
}

/** CSP3 §6.7.2.10. Browsers compare addresses as they compare names, where the specification knows 127.0.0.1 alone. */
function hostFits(named: string, host: string): boolean {
  if (named === '*') return true;
  return named.startsWith('*.') ? host.endsWith(named.slice(1)) && host.length > named.length - 1 : host === named;
}

/** CSP3 §6.7.2.11. Port 80 of a scheme that was upgraded is 443. */
function portFits(named: string | undefined, url: URL): boolean {
  const port = portOf(url);
  if (named === undefined) return port === (DEFAULT_PORTS[schemeOf(url)] ?? '');
  if (named === '*' || named === port) return true;
  return named === '80' && port === '443' && (schemeOf(url) === 'https' || schemeOf(url) === 'wss');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** CSP3 §6.7.2.12: a path that ends with a slash is a folder; any other is exact. */
function pathFits(named: string | undefined, { url, redirected }: Asked): boolean {
  if (redirected || named === undefined || named === '' || named === '/') return true;
  const wanted = decoded(named);
  const path = decoded(url.pathname);
  return wanted.endsWith('/') ? path.startsWith(wanted) : path === wanted;
}

/** CSP3 §6.7.2.8, 1: a star alone is for the web and for the document's own scheme. */
const isStar = ({ host, scheme, port, path }: HostSource): boolean =>
  host === '*' && scheme === undefined && port === undefined && path === undefined;

function placeFits(source: HostSource, asked: Asked): boolean {
  const { url, origin } = asked;
  const scheme = schemeOf(url);
  if (isStar(source)) return scheme in DEFAULT_PORTS || scheme === schemeOf(origin);
  if (url.hostname === '' || !schemeFits(source.scheme ?? schemeOf(origin), scheme)) return false;
  return hostFits(source.host, url.hostname) && portFits(source.port, url) && pathFits(source.path, asked);
}

/** CSP3 §6.7.2.8, 4: its own origin, and the secure form of it. */
function selfFits({ url, origin }: Asked): boolean {
  if (origin.origin !== 'null' && url.origin === origin.origin) return true;
  if (url.hostname !== origin.hostname) return false;
  const usual = (place: URL): boolean => portOf(place) === DEFAULT_PORTS[schemeOf(place)];
  if (portOf(url) !== portOf(origin) && !(usual(url) && usual(origin))) return false;
  const scheme = schemeOf(url);
  return scheme === 'https' || scheme === 'wss' || (schemeOf(origin) === 'http' && scheme === 'ws');
}

/** Whether one expression allows an address (CSP3 §6.7.2.8). Words that are not about places allow none. */
export function sourceFits(source: Source, asked: Asked): boolean {
  switch (source.kind) {
    case 'scheme':
      return schemeFits(source.scheme, schemeOf(asked.url));
    case 'host':
      return placeFits(source, asked);
    case 'keyword':
      return source.keyword === 'self' && selfFits(asked);
    case 'none':
    case 'nonce':
    case 'hash':
    case 'unknown':
      return false;
  }
}

/** Whether any of these does. */
export const listFits = (sources: readonly Source[], asked: Asked): boolean =>
  sources.some((source) => sourceFits(source, asked));
