import { readLegacy } from '../collector/bodies.js';
import type { StoredReport } from '../collector/report.js';

type Text = string | null | undefined;

/** What is read of a `SecurityPolicyViolationEvent` (CSP3 §5.1). */
export interface ViolationEventLike {
  readonly documentURI: string;
  readonly blockedURI?: Text;
  readonly effectiveDirective: string;
  readonly originalPolicy: string;
  readonly sourceFile?: Text;
  readonly sample?: Text;
  readonly disposition?: 'enforce' | 'report' | undefined;
}

/** What is read of the body of a report by the Reporting API (CSP3 §5.5). */
export interface ViolationBodyLike {
  readonly documentURL: string;
  readonly blockedURL?: Text;
  readonly effectiveDirective: string;
  readonly originalPolicy: string;
  readonly sourceFile?: Text;
  readonly sample?: Text;
  readonly disposition?: 'enforce' | 'report' | undefined;
}

/** What stands under `csp-report` in a body that `report-uri` sent (CSP3 §5.3); JSON, so that it may hold anything. */
export interface LegacyViolationBody {
  readonly 'document-uri': string;
  readonly [name: string]: unknown;
}

/** A violation in any of the forms in which one comes: an event, a body, or a report that the collector kept. */
export type ReportedViolation = ViolationEventLike | ViolationBodyLike | LegacyViolationBody | StoredReport;

/** A violation in one form. What is not known is `''`. */
export interface ViolationFacts {
  readonly document: string;
  readonly blocked: string;
  readonly directive: string;
  readonly policy: string;
  readonly source: string;
  readonly sample: string;
  readonly disposition: 'enforce' | 'report';
}

type Given = Readonly<Partial<Record<Exclude<keyof ViolationFacts, 'disposition'>, Text>>> & {
  readonly disposition?: 'enforce' | 'report' | undefined;
};

/** Reports are JSON of anybody's, whatever their types say. */
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const facts = (given: Given): ViolationFacts => ({
  document: textIn(given.document),
  blocked: textIn(given.blocked),
  directive: textIn(given.directive).toLowerCase(),
  policy: textIn(given.policy),
  source: textIn(given.source),
  sample: textIn(given.sample),
  disposition: given.disposition === 'report' ? 'report' : 'enforce',
});

const isLegacy = (violation: ReportedViolation): violation is LegacyViolationBody => 'document-uri' in violation;
const isEvent = (violation: ViolationEventLike | ViolationBodyLike | StoredReport): violation is ViolationEventLike =>
  'documentURI' in violation;
const isBody = (violation: ViolationBodyLike | StoredReport): violation is ViolationBodyLike =>
  'documentURL' in violation;

/** Brings a violation into one form. Members of events are read one by one, for they stand in a prototype. */
export function violationFacts(violation: ReportedViolation): ViolationFacts {
  if (isLegacy(violation)) return facts(readLegacy(violation) ?? {});
  if (isEvent(violation)) {
    const { documentURI, blockedURI, effectiveDirective, originalPolicy, sourceFile, sample, disposition } = violation;
    return facts({
      document: documentURI,
      blocked: blockedURI,
      directive: effectiveDirective,
      policy: originalPolicy,
      source: sourceFile,
      sample,
      disposition,
    });
  }
  if (!isBody(violation)) return facts(violation);
  const { documentURL, blockedURL, effectiveDirective, originalPolicy, sourceFile, sample, disposition } = violation;
  return facts({
    document: documentURL,
    blocked: blockedURL,
    directive: effectiveDirective,
    policy: originalPolicy,
    source: sourceFile,
    sample,
    disposition,
  });
}
