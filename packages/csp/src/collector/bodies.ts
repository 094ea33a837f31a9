import { boolean, integer, object, oneOf, optional, string, type Schema } from '@cloister/protocol';
import { readKnown } from './read-known.js';
import type { RawReport, ReportType } from './report.js';

/** What a body says, whatever its type. */
export type Facts = Omit<RawReport, 'type' | 'age' | 'userAgent'>;

/** No text can be longer than the body that it came in. */
const text = optional(string({ max: 65_536 }));
/** Places in files and statuses. A larger number is none, and may be a card's. */
const count = optional(integer(0, 999_999_999));
/** COOP and COEP say `reporting` where the others say `report`. */
const disposition = optional(oneOf(['enforce', 'report', 'reporting']));
const place = { sourceFile: text, lineNumber: count, columnNumber: count };

interface Placed {
  readonly sourceFile?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}
const placeOf = ({ sourceFile, lineNumber, columnNumber }: Placed): Facts => ({
  source: sourceFile,
  line: lineNumber,
  column: columnNumber,
});
const dispositionOf = (said: 'enforce' | 'report' | 'reporting' | undefined): Facts['disposition'] =>
  said === 'reporting' ? 'report' : said;

/** Reads a body of one type; `undefined` where it does not fit. */
type Read = (body: unknown) => Facts | undefined;
const reader =
  <T>(schema: Schema<T>, factsOf: (body: T) => Facts): Read =>
  (body) => {
    const known = readKnown(schema, body);
    return known === undefined ? undefined : factsOf(known);
  };

/** CSP3 §5.5: `CSPViolationReportBody`. */
const cspViolation = reader(
  object({
    documentURL: text,
    blockedURL: text,
    effectiveDirective: text,
    originalPolicy: text,
    sample: text,
    disposition,
    statusCode: count,
    ...place,
  }),
  (body) => ({
    ...placeOf(body),
    document: body.documentURL,
    blocked: body.blockedURL,
    directive: body.effectiveDirective,
    policy: body.originalPolicy,
    sample: body.sample,
    disposition: dispositionOf(body.disposition),
    status: body.statusCode,
  }),
);

/** CSP3 §5.3: what `report-uri` sends, and has sent since CSP1. */
export const readLegacy = reader(
  object({
    'document-uri': text,
    'blocked-uri': text,
    'effective-directive': text,
    'violated-directive': text,
    'original-policy': text,
    'script-sample': text,
    'source-file': text,
    'line-number': count,
    'column-number': count,
    'status-code': count,
    disposition,
  }),
  (body) => ({
    document: body['document-uri'],
    blocked: body['blocked-uri'],
    // The older of the two has the whole text of the directive in some browsers.
    directive: body['effective-directive'] ?? body['violated-directive']?.split(' ')[0],
    policy: body['original-policy'],
    sample: body['script-sample'],
    source: body['source-file'],
    line: body['line-number'],
    column: body['column-number'],
    status: body['status-code'],
    disposition: dispositionOf(body.disposition),
  }),
);

/** CSP3, `report-sha256`: the hash of every script that ran. */
const cspHash = reader(
  object({ documentURL: text, subresourceURL: text, hash: text, destination: text, type: text }),
  (body) => ({
    document: body.documentURL,
    blocked: body.subresourceURL,
    hash: body.hash,
    destination: body.destination,
    what: body.type,
  }),
);

/** SRI, `IntegrityViolationReportBody`. */
const integrity = reader(
  object({ documentURL: text, blockedURL: text, destination: text, reportOnly: optional(boolean()) }),
  (body) => ({
    document: body.documentURL,
    blocked: body.blockedURL,
    destination: body.destination,
    disposition: body.reportOnly === undefined ? undefined : body.reportOnly ? 'report' : 'enforce',
  }),
);

/** HTML §7.1.4 (COEP) and Fetch §3.7 (CORP). */
const coep = reader(object({ type: text, blockedURL: text, destination: text, disposition }), (body) => ({
  blocked: body.blockedURL,
  destination: body.destination,
  what: body.type,
  disposition: dispositionOf(body.disposition),
}));

/** HTML §7.1.3 (COOP). Its other addresses are those of other sites, and are not read. */
const coop = reader(object({ type: text, disposition, property: text, ...place }), (body) => ({
  ...placeOf(body),
  what: body.type,
  message: body.property,
  disposition: dispositionOf(body.disposition),
}));

/** Deprecation Reporting and Intervention Reporting. */
const notice = reader(object({ id: text, message: text, ...place }), (body) => ({
  ...placeOf(body),
  what: body.id,
  message: body.message,
}));

/** Permissions Policy §9.6; Chromium's first name of the feature was another. */
const permissions = reader(
  object({ featureId: text, policyId: text, message: text, disposition, ...place }),
  (body) => ({
    ...placeOf(body),
    what: body.featureId ?? body.policyId,
    message: body.message,
    disposition: dispositionOf(body.disposition),
  }),
);

/** How to read the body of each type. */
export const READ_BODY: Readonly<Record<ReportType, Read>> = {
  'csp-violation': cspViolation,
  'csp-hash': cspHash,
  'integrity-violation': integrity,
  coep,
  coop,
  deprecation: notice,
  intervention: notice,
  'permissions-policy-violation': permissions,
};
