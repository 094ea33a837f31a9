import { integer, object, optional, string } from '@cloister/protocol';
import { READ_BODY, readLegacy } from './bodies.js';
import { isObject, readKnown } from './read-known.js';
import { REPORT_TYPES, type RawReport, type ReportType } from './report.js';

/** Content types of reports: CSP3 §5.3 and Reporting §3.5.2. */
export const CONTENT_TYPES = ['application/csp-report', 'application/reports+json'] as const;
export type ReportContent = (typeof CONTENT_TYPES)[number];

/** The content type, or `undefined` where it is none of a report. */
export function contentOf(header: string | null): ReportContent | undefined {
  const [essence = ''] = (header ?? '').split(';');
  return CONTENT_TYPES.find((type) => type === essence.trim().toLowerCase());
}

/** One entry of a body: a report, or why it is none. */
export type Entry = { readonly ok: true; readonly report: RawReport } | { readonly ok: false; readonly why: Unread };
/** `malformed`: a known type, but not in its form. `type`: a type that is not read. */
export type Unread = 'malformed' | 'type';

const unread = (why: Unread): Entry => ({ ok: false, why });

/** Reporting §2.3, without the body, which depends on the type. */
const envelope = object({
  type: string({ max: 64 }),
  url: optional(string({ max: 65_536 })),
  age: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  user_agent: optional(string({ max: 65_536 })),
});

const isType = (name: string): name is ReportType => REPORT_TYPES.some((type) => type === name);

function readReport(value: unknown): Entry {
  const about = readKnown(envelope, value);
  if (about === undefined || !isObject(value)) return unread('malformed');
  const { type, url, age, user_agent: userAgent } = about;
  if (!isType(type)) return unread('type');
  const facts = READ_BODY[type](value['body']);
  if (facts === undefined) return unread('malformed');
  return { ok: true, report: { ...facts, type, age, userAgent, document: facts.document ?? url } };
}

/** Entries of a body that is JSON; `undefined` where it is no list of reports at all. */
export function readReports(content: ReportContent, body: unknown): readonly Entry[] | undefined {
  if (content === 'application/reports+json') {
    // Some versions of WebKit send one report without a list around it.
    const reports: readonly unknown[] | undefined = Array.isArray(body) ? body : isObject(body) ? [body] : undefined;
    return reports?.map(readReport);
  }
  if (!isObject(body)) return undefined;
  const facts = readLegacy(body['csp-report']);
  return facts === undefined ? undefined : [{ ok: true, report: { ...facts, type: 'csp-violation' } }];
}
