import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Trail } from '../audit/trail.js';
import type { Core } from '../service/core.js';
import { Refusal } from '../service/refusal.js';
import { authenticateService } from '../service/service-credential.js';
import { findSession, type Session } from '../service/sessions.js';
import type { StoredCredential } from '../store/store.js';
import { checkProof } from './dpop.js';
import type { Budgets } from './rate-limits.js';
import type { ReplayMemory } from './replay-memory.js';
import { routeOf } from './origins.js';

/** What telling callers apart takes. */
export interface Gate {
  readonly core: Core;
  readonly budgets: Budgets;
  readonly replays: ReplayMemory;
  /** When this process began, in milliseconds. */
  readonly started: number;
}

/** The credential of an `Authorization` header of the given scheme; the scheme's case is free (RFC 9110 §11.1). */
function credentialOf(request: FastifyRequest, scheme: string): string {
  const [word = '', credential = '', ...more] = (request.headers.authorization ?? '').split(' ');
  return word.toLowerCase() === scheme && more.length === 0 ? credential : '';
}

/** @throws Refusal `unauthorized`, `rate-limited`. */
export async function authenticateBackend(
  gate: Gate,
  request: FastifyRequest,
  trail: Trail,
): Promise<StoredCredential> {
  const account = await authenticateService(gate.core, credentialOf(request, 'bearer'));
  trail.note({ account: account.account, credential: account.id });
  await gate.budgets.account(account.account);
  return account;
}

/**
 * The session of a request that proves to hold the session's key (RFC 9449).
 *
 * @throws Refusal `unauthorized`, the same whatever is wrong with token or proof; `unavailable` when no more proofs can be
 * remembered; `rate-limited`.
 */
export async function authenticateSession(gate: Gate, request: FastifyRequest, trail: Trail): Promise<Session> {
  const { core, started } = gate;
  const token = credentialOf(request, 'dpop');
  const session = await findSession(core, token);
  const { id, account, credential, thumbprint } = session;
  trail.note({ session: id, account, credential, thumbprint });
  const proof = request.headers['dpop'];
  const target = {
    method: request.method,
    url: `${core.config.vault}${routeOf(request)}`,
    token,
    thumbprint: session.thumbprint,
  };
  const now = core.now();
  const verdict = checkProof(typeof proof === 'string' ? proof : '', target, { now, started });
  if (!verdict.ok) throw new Refusal('unauthorized', verdict.reason);
  // Before its id is kept: a flood of good proofs from one key must not fill the memory that all share.
  await gate.budgets.thumbprint(session.thumbprint);
  const memory = gate.replays.take(`${session.thumbprint}.${verdict.id}`, now);
  if (memory === 'replayed') throw new Refusal('unauthorized', 'proof-replayed');
  if (memory === 'full') throw new Refusal('unavailable', 'proof-memory', { retryAfter: 5 });
  // Never before its time: after a restart, only its date says that it was used (A75).
  if (verdict.from > now) await delay(verdict.from - now);
  return session;
}
