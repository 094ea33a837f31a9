import type { Header } from '../needs/headers.js';
import type { Trait } from './trait.js';

/** Headers of a document that change what may run in it, where it may send to, or who may hold it (PCI DSS 11.6.1). */
const WATCHED: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'content-security-policy',
  'content-security-policy-report-only',
  'content-type',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'document-policy',
  'integrity-policy',
  'integrity-policy-report-only',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
]);

/** A nonce is another one in each answer. */
export const withoutNonces = (value: string): string => value.replaceAll(/'nonce-[\w+/=-]*'/giu, "'nonce-…'");

/** Those headers of an answer that are watched. One that came several times is one list, as browsers read it (RFC 9110 §5.3). */
export function headerTraits(headers: readonly Header[]): readonly Trait[] {
  const values = new Map<string, readonly string[]>();
  for (const [written, value] of headers) {
    const name = written.toLowerCase();
    if (WATCHED.has(name)) values.set(name, [...(values.get(name) ?? []), withoutNonces(value.trim())]);
  }
  return [...values].map(([name, all]): Trait => ({ kind: 'header', name, value: all.join(', ') }));
}
