import { digestOf, type Digest, type ReleaseManifest } from '@cloister/elements';
import type { Difference, Severity } from './difference.js';
import type { Served } from './fetch-served.js';

type FileEntry = ReleaseManifest['files'][string];

/** A wrong value of these changes which code runs, or who may embed it. Caching is untidy; the rest takes a defence away. */
const HEADER_SEVERITY: ReadonlyMap<string, Severity> = new Map([
  ['content-security-policy', 'critical'],
  ['content-type', 'critical'],
  ['integrity-policy', 'critical'],
  ['x-content-type-options', 'critical'],
  ['cache-control', 'low'],
]);

/** Headers that no file of an elements origin comes with, and what each of them would do. */
const UNWANTED: ReadonlyMap<string, Severity> = new Map([
  // Lets a worker of this origin stand between pages and frames (A61).
  ['service-worker-allowed', 'critical'],
  ['refresh', 'critical'],
  // Loads, or asks for, what our documents do not.
  ['link', 'high'],
  ['speculation-rules', 'high'],
  ['set-cookie', 'high'],
  // Lets other origins read the documents.
  ['access-control-allow-origin', 'high'],
  // Takes `frame-ancestors` over in old browsers.
  ['x-frame-options', 'high'],
  // Tells somebody else about our visitors.
  ['nel', 'high'],
  ['report-to', 'high'],
  ['reporting-endpoints', 'high'],
  ['content-security-policy-report-only', 'low'],
  ['sourcemap', 'low'],
  ['accept-ch', 'low'],
]);

const ABSENT = 'nothing';

/** Compares one file with its entry. */
export function compareFile(where: string, entry: FileEntry, served: Served | undefined): readonly Difference[] {
  if (served?.status !== 200) return [notServed(where, served)];
  const { headers } = served;
  return [
    ...compareBytes(where, entry, served),
    ...Object.entries(entry.headers).flatMap(([name, expected]) => {
      const found = headers.get(name.toLowerCase());
      if (found === expected) return [];
      const severity = HEADER_SEVERITY.get(name.toLowerCase()) ?? 'high';
      return [{ severity, where, what: name.toLowerCase(), expected, found: found ?? ABSENT }];
    }),
    ...[...UNWANTED].flatMap(([what, severity]) => {
      const found = headers.get(what);
      return found === undefined ? [] : [{ severity, where, what, expected: ABSENT, found }];
    }),
  ];
}

function notServed(where: string, served: Served | undefined): Difference {
  if (served === undefined) return { severity: 'high', where, what: 'status', expected: '200', found: 'no answer' };
  const target = served.headers.get('location');
  return target === undefined
    ? { severity: 'high', where, what: 'status', expected: '200', found: String(served.status) }
    : { severity: 'critical', where, what: 'redirect', expected: ABSENT, found: target };
}

/** Compares the content only; also of files whose headers are somebody else's, such as the loader on a shop's server. */
export function compareBytes(where: string, entry: Digest, { body, cut }: Served): readonly Difference[] {
  const found = digestOf(body);
  if (!cut && found.sha256 === entry.sha256 && found.sha384 === entry.sha384) return [];
  const scripts = where.endsWith('.html') ? scriptsIn(body) : 1;
  const size = cut ? `more than ${String(body.byteLength - 1)}` : String(found.bytes);
  return [
    {
      severity: 'critical',
      where,
      what: 'bytes',
      expected: `${String(entry.bytes)} bytes, sha256 ${entry.sha256}`,
      found: `${size} bytes, sha256 ${found.sha256}`,
    },
    // Each document of ours has exactly one.
    ...(scripts === 1
      ? []
      : [{ severity: 'critical', where, what: 'scripts', expected: '1', found: String(scripts) } as const]),
  ];
}

/** A hint for whoever reads the report, not a parser: the bytes are wrong already. */
function scriptsIn(body: Uint8Array): number {
  return Buffer.from(body).toString('latin1').toLowerCase().split('<script').length - 1;
}
