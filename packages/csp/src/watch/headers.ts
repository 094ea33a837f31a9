import type { Header } from '../needs/headers.js';
import { parsePolicy, type Directive, type Policy } from '../syntax/policy.js';
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

const POLICIES: ReadonlySet<string> = new Set(['content-security-policy', 'content-security-policy-report-only']);

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Of `report-to` the first word counts, of all others each (CSP3 §6.5.2). */
const settledDirective = ({ name, words }: Directive): string => {
  const texts = words.map(({ text }) => withoutNonces(text));
  return [name, ...(name === 'report-to' ? texts : texts.toSorted(byText))].join(' ');
};

/** Of directives that stand twice the first counts: those keep their order. */
const settledPolicy = ({ directives }: Policy): string =>
  directives
    .filter(({ ignored }) => ignored !== 'empty')
    .toSorted((one, other) => byText(one.name, other.name))
    .map(settledDirective)
    .join('; ');

/**
 * A policy without what means nothing: the order of its directives and of their words, white space, nonces. Two policies with the same
 * text here say the same.
 *
 * @param apart whether commas part policies, as in a header.
 */
export const settled = (value: string, apart = true): string =>
  (apart ? value.split(',') : [value])
    .map((text) => settledPolicy(parsePolicy(text)))
    .filter((text) => text !== '')
    .toSorted(byText)
    .join(', ');

/** What is compared of a header's value. */
const comparable = (name: string, value: string): string =>
  POLICIES.has(name) ? settled(value) : withoutNonces(value.trim());

/** Those headers of an answer that are watched. One that came several times is one list, as browsers read it (RFC 9110 §5.3). */
export function headerTraits(headers: readonly Header[]): readonly Trait[] {
  const values = new Map<string, readonly string[]>();
  for (const [written, value] of headers) {
    const name = written.toLowerCase();
    if (WATCHED.has(name)) values.set(name, [...(values.get(name) ?? []), value]);
  }
  return [...values].map(([name, all]): Trait => ({ kind: 'header', name, value: comparable(name, all.join(', ')) }));
}
