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

/** How well a part of an address fits; `secure`: it is the secure form of what is named. */
type Fit = 'exact' | 'any' | 'secure' | undefined;

/**
 * CSP3 §6.7.2.9: a scheme also names its secure form. The specification lets `ws` and `wss` name `http` and `https` as well; Chromium does
 * not, and is followed.
 */
function schemeFit(named: string, scheme: string): Fit {
  if (named === scheme) return 'exact';
  return (named === 'http' && scheme === 'https') || (named === 'ws' && scheme === 'wss') ? 'secure' : undefined;
}

/** CSP3 §6.7.2.10. Browsers compare addresses as they compare names, where the specification knows 127.0.0.1 alone. */
function hostFits(named: string, host: string): boolean {
  if (named === '*') return true;
  return named.startsWith('*.') ? host.endsWith(named.slice(1)) && host.length > named.length - 1 : host === named;
}

/** CSP3 §6.7.2.11. */
function portFit(named: string | undefined, url: URL): Fit {
  const port = portOf(url);
  if (named === '*') return 'any';
  if (named === undefined) return port === DEFAULT_PORTS[schemeOf(url)] ? 'any' : undefined;
  // Ports are numbers: `:080` is `:80`. One that is usual for the address need not be said, and so fits any form of it.
  if (Number(named) === Number(port)) return port === DEFAULT_PORTS[schemeOf(url)] ? 'any' : 'exact';
  return Number(named) === 80 && port === '443' ? 'secure' : undefined;
}

/**
 * Whether scheme and port fit together. The specification asks one by one; Chromium lets neither be secured without the other, and is
 * followed: `http://a.example:8443` does not name `https://a.example:8443`, nor `https://a.example:80` the port 443.
 */
function bothFit(scheme: Fit, port: Fit): boolean {
  if (scheme === undefined || port === undefined) return false;
  return scheme === 'secure' ? port !== 'exact' : port !== 'secure';
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
  if (url.hostname === '' || !bothFit(schemeFit(source.scheme ?? schemeOf(origin), scheme), portFit(source.port, url)))
    return false;
  return hostFits(source.host, url.hostname) && pathFits(source.path, asked);
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
      return schemeFit(source.scheme, schemeOf(asked.url)) !== undefined;
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
