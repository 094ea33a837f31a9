import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Trail } from '../audit/trail.js';
import type { LogEvent, VaultLimits } from '../options.js';
import type { Core } from '../service/core.js';
import { Refusal } from '../service/refusal.js';
import { readBodies } from './bodies.js';
import { PROOF_LIFE } from './dpop.js';
import { refuseRepeated, setHeaders } from './headers.js';
import { checkHost, checkOrigin, routeOf, setCors } from './origins.js';
import { problemOf } from './problem.js';
import { RateRefusal, addressKey, makeBudgets, type Budgets } from './rate-limits.js';
import { RefusalAudit } from './refusal-audit.js';
import { ReplayMemory } from './replay-memory.js';
import { addReports, type ReportTaker } from './reports.js';
import { OPERATIONS, addRoutes } from './routes.js';

/*
 * The life of a request.
 *
 * 1. Headers of every answer are set first, so that refusals carry them too.
 * 2. The address's budget, host, repeated headers, origin: all before the body is read.
 * 3. The body is read by our own strict parser, in either form (`bodies.ts`); the route tells callers apart, decodes, and does the work.
 * 4. Whatever is thrown becomes a `Refusal`, then an audit row, then a problem. Without the row there is no other answer
 *    than `unavailable` (A92).
 */

/** What a server is made of. */
export interface ServerParts {
  readonly core: Core;
  readonly limits: VaultLimits;
  readonly hosts: ReadonlySet<string>;
  readonly trustedProxies: readonly string[];
  readonly log: ((event: LogEvent) => void) | undefined;
  readonly reports: ReportTaker | undefined;
}

function makeApp({ core, limits, trustedProxies }: ServerParts): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => {
      // An address that cannot be decoded: the framework's own answer would repeat it, and no hook runs (A90).
      setHeaders(request, reply, core.now());
      void sendProblem(request, reply, new Refusal('not-found', 'route'));
    },
    http: {
      headersTimeout: limits.headersMs,
      // Node looks for late requests this often; its default of 30 s would make the limits above mean less (A86).
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      maxHeaderSize: 8192,
    },
    clientErrorHandler: (_error, socket) => {
      // Not HTTP, or too slow, or headers too large: no request to answer, nothing to say. On a connection that a browser opened ahead and has
      // not used yet, even that would be taken for the answer to the request that comes next.
      if (socket.bytesRead === 0) socket.destroy();
      else if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    },
  });
  app.server.maxConnections = limits.connections;
  readBodies(app, core.config.elements);
  return app;
}

const FRAMEWORK_REFUSALS: ReadonlyMap<number, () => Refusal> = new Map([
  [400, () => new Refusal('invalid', 'body', { status: 400 })],
  [404, () => new Refusal('not-found', 'route')],
  [413, () => new Refusal('too-large', 'size')],
  [415, () => new Refusal('media-type', 'media-type')],
]);

/** Anything thrown, as a refusal. Of foreign errors only the HTTP status is believed. */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  const known = typeof status === 'number' ? FRAMEWORK_REFUSALS.get(status) : undefined;
  return known?.() ?? new Refusal('internal', 'internal');
}

/** Preflights are answered by a table and lead nowhere. */
const AUDITED_METHODS: ReadonlySet<string> = new Set(['POST', 'DELETE']);

const isWorthARow = (refusal: Refusal): boolean => !(refusal instanceof RateRefusal) || refusal.first;

function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal, request.id);
  if (refusal.code === 'unauthorized')
    reply.header('www-authenticate', refusal.reason === 'credential' ? 'Bearer' : 'DPoP algs="ES256"');
  const { retryAfter } = refusal.details;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

function logTo(app: FastifyInstance, core: Core, log: (event: LogEvent) => void): void {
  app.addHook('onResponse', (request, reply, done) => {
    log({
      time: new Date(core.now()).toISOString(),
      request: request.id,
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
    done();
  });
}

function guard(app: FastifyInstance, { core, hosts }: ServerParts, budgets: Budgets): void {
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(request, reply, core.now());
    setCors(request, reply, core.config.elements);
    await budgets.address(addressKey(request.ip));
    checkHost(request, hosts);
    refuseRepeated(request.raw.rawHeaders);
    checkOrigin(request, core.config.elements);
  });
}

/** The HTTP service. Closing it is the caller's affair. */
export function makeServer(parts: ServerParts): FastifyInstance {
  const { core, limits, log, reports } = parts;
  const app = makeApp(parts);
  const budgets = makeBudgets(limits);
  const refusals = new RefusalAudit(core, limits.refusalRows);
  app.addHook('onClose', () => refusals.close());
  const trails = new WeakMap<FastifyRequest, Trail>();
  const trailOf = (request: FastifyRequest): Trail => {
    const known = trails.get(request);
    if (known !== undefined) return known;
    const operation = OPERATIONS.get(routeOf(request));
    if (operation === undefined) throw new Refusal('internal', 'route');
    const trail = new Trail(core.now, { request: request.id, operation, ip: request.ip });
    trails.set(request, trail);
    return trail;
  };
  guard(app, parts, budgets);
  if (log !== undefined) logTo(app, core, log);
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = toRefusal(error);
    const audited = AUDITED_METHODS.has(request.method) && OPERATIONS.has(routeOf(request)) && isWorthARow(refusal);
    const final = audited ? await refusals.write(refusal, trailOf(request), request.ip) : refusal;
    return sendProblem(request, reply, final);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Refusal('not-found', 'route')));
  const replays = new ReplayMemory(limits.proofs, PROOF_LIFE);
  addRoutes(app, { core, budgets, replays, started: core.now() }, trailOf);
  if (reports !== undefined) addReports(app, reports);
  return app;
}
