import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  VAULT_ROUTES,
  decode,
  hasFormat,
  object,
  recordRequest,
  recordResponse,
  revealRequest,
  revealResponse,
  sessionRequest,
  sessionResponse,
  token,
  type Schema,
} from '@cloister/protocol';
import type { Operation } from '../audit/event.js';
import type { Trail } from '../audit/trail.js';
import { createRecord } from '../service/records.js';
import { Refusal } from '../service/refusal.js';
import { reveal } from '../service/reveal.js';
import { createSession, revokeSession } from '../service/sessions.js';
import { authenticateBackend, authenticateSession, type Gate } from './authenticate.js';
import { openApiDocument } from './openapi.js';
import { answerPreflight } from './origins.js';

/** What each audited route does. Unlisted routes have no access to anything that is worth auditing. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  [VAULT_ROUTES.sessions, 'session.create'],
  [VAULT_ROUTES.session, 'session.revoke'],
  [VAULT_ROUTES.records, 'record.create'],
  [VAULT_ROUTES.reveal, 'reveal'],
]);

/** @throws Refusal `invalid` that says where in the contract the body does not fit. */
function readBody<T>(schema: Schema<T>, body: unknown): T {
  const decoded = decode(schema, body);
  if (decoded.ok) return decoded.value;
  throw new Refusal('invalid', 'body', { errors: [{ pointer: decoded.path, code: decoded.problem }] });
}

/** Sends what the contract allows and nothing else: an answer that does not fit it is our failure, not the caller's. */
function answer<T>(
  reply: FastifyReply,
  status: number,
  body: { readonly schema: Schema<T>; readonly value: T },
): string {
  const encoded = decode(body.schema, body.value);
  if (!encoded.ok) throw new Refusal('internal', 'internal');
  reply.code(status).type('application/json; charset=utf-8');
  return JSON.stringify(encoded.value);
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && hasFormat(key, 'uuid')) return key;
  throw new Refusal('invalid', 'header', { status: 400, errors: [{ pointer: '', code: 'idempotency-key' }] });
}

const sessionPath = object({ id: token });

/** @throws Refusal `not-found` for what cannot be an id: nothing is known by it. */
function sessionIdOf(request: FastifyRequest): string {
  const decoded = decode(sessionPath, request.params);
  if (decoded.ok) return decoded.value.id;
  throw new Refusal('not-found', 'session');
}

type TrailOf = (request: FastifyRequest) => Trail;

/** What backends do, with a service credential. */
function addBackendRoutes(app: FastifyInstance, gate: Gate, trailOf: TrailOf): void {
  const { core } = gate;

  app.post(VAULT_ROUTES.sessions, async (request, reply) => {
    const trail = trailOf(request);
    const account = await authenticateBackend(gate, request, trail);
    const body = readBody(sessionRequest, request.body);
    const value = await createSession(core, { account, trail }, body);
    return answer(reply, 201, { schema: sessionResponse, value });
  });

  app.delete(VAULT_ROUTES.session, async (request, reply) => {
    const trail = trailOf(request);
    const account = await authenticateBackend(gate, request, trail);
    await revokeSession(core, { account, trail }, sessionIdOf(request));
    return reply.code(204).send();
  });
}

/** What the coordinator does, with a session. */
function addSessionRoutes(app: FastifyInstance, gate: Gate, trailOf: TrailOf): void {
  const { core, budgets } = gate;

  app.post(VAULT_ROUTES.records, async (request, reply) => {
    const trail = trailOf(request);
    const session = await authenticateSession(gate, request, trail);
    const body = readBody(recordRequest, request.body);
    trail.note({ collection: body.collection, origin: body.origin });
    const idempotencyKey = idempotencyKeyOf(request);
    const value = await createRecord(core, { session, trail, body, idempotencyKey });
    return answer(reply, 201, { schema: recordResponse, value });
  });

  app.post(VAULT_ROUTES.reveal, async (request, reply) => {
    const trail = trailOf(request);
    const session = await authenticateSession(gate, request, trail);
    const body = readBody(revealRequest, request.body);
    trail.note({ origin: body.origin });
    const charge = (tokens: number): Promise<void> => budgets.tokens(session.account, tokens);
    const value = await reveal(core, { session, trail, body, charge });
    return answer(reply, 200, { schema: revealResponse, value });
  });
}

/** The routes, over the part that tells callers apart and the trail of each request. */
export function addRoutes(app: FastifyInstance, gate: Gate, trailOf: TrailOf): void {
  addBackendRoutes(app, gate, trailOf);
  addSessionRoutes(app, gate, trailOf);
  app.options(VAULT_ROUTES.records, (request, reply) => {
    answerPreflight(request, reply);
  });
  app.options(VAULT_ROUTES.reveal, (request, reply) => {
    answerPreflight(request, reply);
  });
  app.get(VAULT_ROUTES.health, () => ({ status: 'ok' }));
  app.get(VAULT_ROUTES.openapi, () => openApiDocument());
}
