/** Types of reports that are read (Reporting API, and what reports by it). */
export const REPORT_TYPES = [
  'csp-violation',
  'csp-hash',
  'integrity-violation',
  'coep',
  'coop',
  'deprecation',
  'intervention',
  'permissions-policy-violation',
] as const;
export type ReportType = (typeof REPORT_TYPES)[number];

/**
 * A report as it came.
 *
 * Security: nothing of it is kept, but by way of `storedReport`.
 */
export interface RawReport {
  readonly type: ReportType;
  /** How long ago it happened, in milliseconds. */
  readonly age?: number | undefined;
  readonly userAgent?: string | undefined;
  readonly document?: string | undefined;
  readonly directive?: string | undefined;
  readonly blocked?: string | undefined;
  readonly source?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly status?: number | undefined;
  readonly disposition?: 'enforce' | 'report' | undefined;
  readonly destination?: string | undefined;
  readonly hash?: string | undefined;
  /** Which deprecation, intervention or feature. */
  readonly what?: string | undefined;
  readonly message?: string | undefined;
  readonly policy?: string | undefined;
  readonly sample?: string | undefined;
}

/** What is kept of a report. Addresses are origins and paths; members that a report does not have are not in its line. */
export interface StoredReport {
  /** When it happened, by the collector's clock: ISO 8601, UTC. */
  readonly time: string;
  readonly type: ReportType;
  /** Reports of one cause have the same. */
  readonly fingerprint: string;
  readonly document: string;
  readonly directive: string | undefined;
  readonly blocked: string | undefined;
  readonly source: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** Of the document's own answer. */
  readonly status: number | undefined;
  readonly disposition: 'enforce' | 'report' | undefined;
  readonly destination: string | undefined;
  readonly hash: string | undefined;
  readonly what: string | undefined;
  readonly message: string | undefined;
  readonly policy: string | undefined;
  readonly sample: string | undefined;
  readonly userAgent: string | undefined;
}
