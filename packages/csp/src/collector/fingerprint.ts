import type { StoredReport } from './report.js';

const DEEPEST = 8;

/** A part of a path without what differs from visit to visit or build to build: numbers, identifiers, hashes in names of files. */
function shapeOf(segment: string): string {
  if (/^\d+$/u.test(segment)) return ':n';
  if (segment.length >= 16 && /^[\w-]+$/u.test(segment) && /\d/u.test(segment)) return ':id';
  return segment.replaceAll(/(?<![\da-z])[\da-f]{8,}(?![\da-z])/giu, ':id');
}

/** The shape of an address that was scrubbed; of its path at most eight parts. Words stay as they are. */
export function shapeOfUrl(url: string): string {
  const [scheme = '', empty, host, ...path] = url.split('/');
  if (empty !== '' || host === undefined) return url;
  const shown = path.slice(0, DEEPEST).map(shapeOf);
  return [scheme, '', host, ...shown, ...(path.length > DEEPEST ? ['…'] : [])].join('/');
}

/**
 * What reports of one cause have in common: what was refused, by which directive, where. Readable, with `-` for what a report does not
 * have; it is no digest, so that no two causes can be made to have the same.
 */
export function fingerprintOf(report: Omit<StoredReport, 'fingerprint'>): string {
  const { type, disposition, directive, what, hash, blocked, document, source } = report;
  const places = [blocked, document, source].map((url) => (url === undefined ? undefined : shapeOfUrl(url)));
  return [type, disposition, directive, what, hash, ...places]
    .map((part) => (part === undefined || part === '' ? '-' : part.replaceAll(/\s+/gu, '_')))
    .join(' ');
}
