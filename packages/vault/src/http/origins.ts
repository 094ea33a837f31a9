import type { FastifyReply, FastifyRequest } from 'fastify';
import { VAULT_ROUTES } from '@cloister/protocol';
import { Refusal } from '../service/refusal.js';

/** Routes that the coordinator calls from a browser. */
const BROWSER_ROUTES: ReadonlySet<string> = new Set([VAULT_ROUTES.records, VAULT_ROUTES.reveal]);

const ALLOWED_HEADERS = 'authorization, content-type, dpop, idempotency-key';

/** Routes of backends: a service credential has no place in a browser at all. */
const BACKEND_ROUTES: ReadonlySet<string> = new Set([VAULT_ROUTES.sessions, VAULT_ROUTES.session]);

/** The pattern of the route that was matched; `unknown` when none was. Never what the caller wrote. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown';

export const isBrowserRoute = (request: FastifyRequest): boolean => BROWSER_ROUTES.has(routeOf(request));

/**
 * Exact-origin CORS (A88): the elements origin, on its two routes, without credentials. The header names the one origin
 * that is configured; it never repeats the request's. Set before
 * anything can be refused, so that the coordinator can read why.
 */
export function setCors(request: FastifyRequest, reply: FastifyReply, elements: string): void {
  if (!isBrowserRoute(request)) return;
  reply.header('vary', 'Origin');
  if (request.headers.origin !== elements) return;
  reply
    .header('access-control-allow-origin', elements)
    // `Date` lets a coordinator whose clock is off date its next proof right (RFC 9449 §11.1).
    .header('access-control-expose-headers', 'date, retry-after, x-request-id')
    .header('cross-origin-resource-policy', 'cross-origin');
}

/**
 * Lets a request pass when its origin may use its route. Health and the API description may be looked at from anywhere.
 *
 * @throws Refusal `forbidden` for every origin but the elements origin, `null` included, and for browsers on the routes
 * of backends.
 */
export function checkOrigin(request: FastifyRequest, elements: string): void {
  const { origin } = request.headers;
  const route = routeOf(request);
  if (isBrowserRoute(request) && origin !== undefined && origin !== elements) throw new Refusal('forbidden', 'origin');
  if (!BACKEND_ROUTES.has(route)) return;
  if (origin !== undefined || request.headers['sec-fetch-site'] !== undefined)
    throw new Refusal('forbidden', 'browser');
}

/** Answers a preflight whose origin `checkOrigin` has let through. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers.origin === undefined || request.headers['access-control-request-method'] !== 'POST')
    throw new Refusal('forbidden', 'origin');
  void reply
    .code(204)
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', ALLOWED_HEADERS)
    .header('access-control-max-age', '600')
    .send();
}

/** @throws Refusal for a `Host` that is not ours: a page that rebinds its name to our address gets nothing (A89). */
export function checkHost(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  if (!hosts.has((request.headers.host ?? '').toLowerCase())) throw new Refusal('forbidden', 'host');
}
