import { noiseOf, type NoiseRule } from '../collector/noise.js';
import type { Service } from '../needs/services.js';
import { sourceFits } from '../semantics/match-url.js';
import { parseSource } from '../syntax/source.js';
import type { Subject } from './subject.js';
import type { ViolationFacts } from './violation-facts.js';

/** Whom a load belongs to. `extension` is for everything that is the visitor's own browser. */
export type Owner =
  | { readonly whose: 'sdk' | 'page' | 'unknown' }
  | { readonly whose: 'service'; readonly service: Service; readonly source: string }
  | { readonly whose: 'extension'; readonly rule: NoiseRule };

/** Who is who. */
export interface Places {
  /** Origin of the page, or `undefined` where it has none. */
  readonly page: string | undefined;
  /** Origin of the secure fields. */
  readonly elements: string | undefined;
  readonly services: readonly Service[];
}

/** Those of a service for this directive first, so that a fix names what the service itself asks for. */
const sourcesOf = ({ sources }: Service, directive: string): readonly string[] => [
  ...(sources[directive.replace(/-(?:elem|attr)$/u, '')] ?? []),
  ...Object.values(sources).flat(),
];

/** Words in quotes and schemes alone are nobody's. */
function isAt(written: string, url: URL): boolean {
  const source = parseSource(written);
  const asked = { url, origin: new URL('https://page.invalid'), redirected: false };
  return source.kind === 'host' && source.host !== '*' && sourceFits(source, asked);
}

function ownerOfUrl(url: URL, directive: string, { page, elements, services }: Places): Owner {
  if (elements !== undefined && url.origin === elements) return { whose: 'sdk' };
  if (page !== undefined && url.origin === page) return { whose: 'page' };
  for (const service of services) {
    const source = sourcesOf(service, directive).find((written) => isAt(written, url));
    if (source !== undefined) return { whose: 'service', service, source };
  }
  return { whose: 'unknown' };
}

/** What is at an address belongs to its origin; what is code of the document, to the file that it came from. */
export function ownerOf(facts: ViolationFacts, subject: Subject, places: Places): Owner {
  const { directive, source } = facts;
  const rule = noiseOf(facts);
  if (rule !== undefined) return { whose: 'extension', rule };
  if (subject.kind === 'place') return ownerOfUrl(subject.url, directive, places);
  return URL.canParse(source) ? ownerOfUrl(new URL(source), directive, places) : { whose: 'unknown' };
}
