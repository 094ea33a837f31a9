import type { CloisterConfig } from '@cloister/protocol';
import { parseSource } from '../syntax/source.js';
import { directiveInfo, isDirective } from '../syntax/directives.js';
import { NONCE } from './headers.js';
import { joined, type ReasonedDirective, type ReasonedPolicy, type ReasonedSource } from './reasons.js';
import { serviceOf } from './services.js';

/**
 * How a page says which scripts are its own.
 *
 * - `hosts`: by where they are. Simple; whoever can put a file there, or finds one there that runs what it is told, has the page.
 * - `hashes`: by what they are. For pages that are files; a page is built anew when a script changes.
 * - `nonces`: by a number that is new in each answer. For pages that a server makes.
 * - `strict-dynamic`: by nonce, and what such a script loads runs as well. For pages with tag managers; it trusts those scripts with the page.
 */
export const SCRIPT_MODES = ['hosts', 'hashes', 'nonces', 'strict-dynamic'] as const;
export type ScriptMode = (typeof SCRIPT_MODES)[number];

/** What a host page is, as far as its policy goes. */
export interface HostPage {
  /** Where the fields come from. */
  readonly elements: CloisterConfig['elements'];
  readonly mode: ScriptMode;
  /** Hashes of its scripts, as `sha384-…`. For `hashes`, at least one. Default: none. */
  readonly hashes?: readonly string[];
  /** Ids of other services that it embeds. Default: none. */
  readonly services?: readonly string[];
  /** More sources of its own by directive, each with its reason. Default: none. */
  readonly more?: Readonly<Record<string, readonly ReasonedSource[]>>;
  /** Where reports go, as a path or an address. Default: nowhere. */
  readonly reports?: string;
  /** Whether every string that becomes markup or script must go through a Trusted Types policy. Default: false. */
  readonly trustedTypes?: boolean;
  /** Whether it is served by `https:`, so that leftovers of `http:` are upgraded. Default: true. */
  readonly secure?: boolean;
}

const OWN: ReasonedSource = { source: "'self'", reason: 'the page’s own files' };
const NOTHING: ReasonedSource = { source: "'none'", reason: 'nothing of the page needs it' };

function hashSource(hash: string): ReasonedSource {
  const source = `'${hash}'`;
  if (parseSource(source).kind !== 'hash') throw new TypeError(`"${hash.slice(0, 80)}" is not a hash such as sha384-…`);
  return { source, reason: 'a script of the page, by its content' };
}

function scriptSources({ mode, hashes = [] }: HostPage): readonly ReasonedSource[] {
  const byHash = hashes.map(hashSource);
  const byNonce: ReasonedSource = {
    source: `'nonce-${NONCE}'`,
    reason: 'scripts that the server wrote into this very answer',
  };
  switch (mode) {
    case 'hosts':
      return [OWN, ...byHash];
    case 'hashes':
      if (byHash.length === 0) throw new TypeError('mode "hashes" needs the hashes of the page’s scripts');
      return byHash;
    case 'nonces':
      return [byNonce, ...byHash];
    case 'strict-dynamic':
      return [byNonce, ...byHash, { source: "'strict-dynamic'", reason: 'what such a script loads may run, too' }];
  }
}

/** A source that would end a directive, or is none, never gets into a policy. */
function checked(directive: string, { source, reason }: ReasonedSource): ReasonedSource {
  if (/[\s,;]/u.test(source) || parseSource(source).kind === 'unknown')
    throw new TypeError(`${directive}: "${source.slice(0, 60)}" is not a source (CSP3 §2.3.1)`);
  return { source, reason };
}

const own = (page: HostPage): Readonly<Record<string, ReasonedDirective>> => {
  const list = (
    name: ReasonedDirective['name'],
    reason: string,
    ...sources: readonly ReasonedSource[]
  ): readonly [string, ReasonedDirective] => [name, { name, reason, sources }];
  return Object.fromEntries([
    list('default-src', 'what no other directive names is refused, also what browsers will learn to load', NOTHING),
    list('script-src', 'who may run in the page can read and send what is typed into the page', ...scriptSources(page)),
    list('style-src', 'styles can read attributes and draw over a field', OWN),
    list('img-src', 'an image’s address carries data out', OWN),
    list('font-src', 'fonts come with the page', OWN),
    list('connect-src', 'a request carries data out; the fields make theirs in frames of their own', OWN),
    // Under 'strict-dynamic' a list without it would be asked in its place, and Chromium lets hints go anywhere by that.
    list('worker-src', 'a worker makes requests of its own', OWN),
    list('manifest-src', 'a web application’s manifest', OWN),
    list(
      'frame-src',
      'the one thing that the SDK asks of a page',
      checked('frame-src', { source: page.elements, reason: 'the fields are frames of this origin' }),
    ),
    list('form-action', 'a form sends out whatever stands in it; there is no fallback', OWN),
    list('base-uri', 'a <base> would let every relative script come from elsewhere; there is no fallback', NOTHING),
    list('frame-ancestors', 'a page in a foreign frame can be overlaid; there is no fallback', OWN),
  ]);
};

const additions = ({ services = [], more = {} }: HostPage): ReadonlyMap<string, readonly ReasonedSource[]> => {
  const all = new Map<string, readonly ReasonedSource[]>();
  const add = (directive: string, sources: readonly ReasonedSource[]): void => {
    if (directiveInfo(directive)?.value !== 'sources' && directive !== 'frame-ancestors')
      throw new TypeError(`"${directive.slice(0, 60)}" is no directive with sources`);
    all.set(directive, [...(all.get(directive) ?? []), ...sources.map((source) => checked(directive, source))]);
  };
  for (const service of services.map(serviceOf))
    for (const [directive, sources] of Object.entries(service.sources))
      add(
        directive,
        sources.map((source) => ({ source, reason: service.title })),
      );
  for (const [directive, sources] of Object.entries(more)) add(directive, sources);
  return all;
};

const TRUSTED_TYPES: readonly ReasonedDirective[] = [
  {
    name: 'require-trusted-types-for',
    reason: 'a string does not become markup or script by accident; the SDK gives none to the DOM',
    sources: [{ source: "'script'", reason: 'the sinks that run script' }],
  },
];

/** A relative address or an absolute one of the web, without anything that would end a directive. */
function reportSource(reports: string): ReasonedSource {
  if (!/^(?:https?:\/\/|\/)[\w./:~%-]*$/u.test(reports))
    throw new TypeError(`"${reports.slice(0, 60)}" is not a path or an address for reports`);
  return { source: reports, reason: 'for browsers without the Reporting API' };
}

const reporting = (reports: string): readonly ReasonedDirective[] => [
  {
    name: 'report-to',
    reason: 'what is refused is told to you',
    sources: [{ source: ENDPOINT, reason: 'as Reporting-Endpoints names it' }],
  },
  { name: 'report-uri', reason: 'what is refused is told to you', sources: [reportSource(reports)] },
];

/** The name under which `Reporting-Endpoints` knows the collector. */
export const ENDPOINT = 'csp';

/**
 * The policy of a page with secure fields, each source with its reason.
 *
 * Security: it begins with nothing, and every source is one that the page, its fields or a service that was named needs. No mode ever has
 * `'unsafe-inline'` or `'unsafe-eval'`.
 *
 * @throws TypeError when a source is none, a service is not known, or `hashes` are missing.
 */
export function hostPolicy(page: HostPage): ReasonedPolicy {
  const base = own(page);
  const added = additions(page);
  const names = [...new Set([...Object.keys(base), ...added.keys()])].filter(isDirective);
  const lists = names.map((name): ReasonedDirective => {
    const directive = base[name] ?? { name, reason: 'asked for by the page', sources: [] };
    return { ...directive, sources: joined(directive.sources, added.get(name) ?? []) };
  });
  return [
    ...lists,
    ...(page.trustedTypes === true ? TRUSTED_TYPES : []),
    ...((page.secure ?? true)
      ? [
          {
            name: 'upgrade-insecure-requests' as const,
            reason: 'addresses that still say http: are asked by https:',
            sources: [],
          },
        ]
      : []),
    ...(page.reports === undefined ? [] : reporting(page.reports)),
  ];
}
