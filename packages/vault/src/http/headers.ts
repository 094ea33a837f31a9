import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../service/refusal.js';

/** On every answer (security §5.4): an answer is data for one caller, never a document, never kept. */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
};

/** @param now - the vault's time; a coordinator with a wrong clock learns it from `Date` and dates its next proof by it. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply, now: number): void {
  reply
    .headers(ALWAYS)
    .header('date', new Date(now).toUTCString())
    .header('x-request-id', request.id)
    .header('cross-origin-resource-policy', 'same-origin');
}

/** Headers that decide something. Node joins or drops repetitions of a header depending on its name; we refuse them. */
const ONCE: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'dpop',
  'host',
  'idempotency-key',
  'origin',
]);

/** @throws Refusal when a header that decides something comes twice. */
export function refuseRepeated(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) throw new Refusal('invalid', 'header', { status: 400 });
    seen.add(name);
  }
}
