import { isDirective } from '../syntax/directives.js';
import { fingerprintOf } from './fingerprint.js';
import type { RawReport, StoredReport } from './report.js';
import { scrubDigits, scrubPolicy, scrubText, scrubUrl } from './scrub.js';

/** What is kept beside the facts. Both may tell who visited, so neither is, unless asked for. */
export interface Kept {
  /** The piece of code that browsers send where the policy has `'report-sample'`; scrubbed. */
  readonly samples: boolean;
  readonly userAgents: boolean;
}

const OLDEST = 7 * 24 * 60 * 60 * 1000;
const LONGEST_WORD = 80;

/** Applies to what is there. */
const given = <T>(value: T | undefined, kept: (value: T) => string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : kept(value);

/** Names of directives that exist, so that a sender cannot make up any number of them. */
const directiveName = (name: string): string => (isDirective(name.toLowerCase()) ? name.toLowerCase() : 'other');
const word = (text: string): string => scrubText(text).slice(0, LONGEST_WORD);

/** SRI §3.4: nothing else may stand where a hash is expected. */
function hashText(text: string): string | undefined {
  if (!/^sha(?:256|384|512)-[\d+/=a-z_-]{43,88}$/iu.test(text)) return undefined;
  return scrubDigits(text) === text ? text : undefined;
}

/**
 * The one way from a report to what is stored of it.
 *
 * @param now milliseconds since 1970.
 */
export function storedReport(raw: RawReport, kept: Kept, now: number): StoredReport {
  const facts = {
    time: new Date(now - Math.min(raw.age ?? 0, OLDEST)).toISOString(),
    type: raw.type,
    document: scrubUrl(raw.document ?? ''),
    directive: given(raw.directive, directiveName),
    blocked: given(raw.blocked, scrubUrl),
    source: given(raw.source, scrubUrl),
    line: raw.line,
    column: raw.column,
    status: raw.status,
    disposition: raw.disposition,
    destination: given(raw.destination, word),
    hash: given(raw.hash, hashText),
    what: given(raw.what, word),
    message: given(raw.message, scrubText),
    policy: given(raw.policy, scrubPolicy),
    sample: kept.samples ? given(raw.sample, scrubText) : undefined,
    userAgent: kept.userAgents ? given(raw.userAgent, scrubText) : undefined,
  };
  return { ...facts, fingerprint: fingerprintOf(facts) };
}
