import { randomBytes, randomUUID } from 'node:crypto';
import {
  decode,
  grant as grantSchema,
  type Grant,
  type SessionRequest,
  type SessionResponse,
} from '@cloister/protocol';
import type { Trail } from '../audit/trail.js';
import { sha256 } from '../crypto/bytes.js';
import type { StoredCredential, StoredSession } from '../store/store.js';
import { MINUTE } from '../time/clock.js';
import { auditToken, collectionOf, type Core } from './core.js';
import { Refusal } from './refusal.js';

/** Prefix of session tokens. */
export const SESSION_PREFIX = 'cls_';
const DEFAULT_MINUTES = 10;
const DEFAULT_USES = 1;
const MAX_TOKEN = 200;

/** A session that was found, with its grant read. Whether it may still be used is decided when it is spent. */
export interface Session extends Omit<StoredSession, 'grant'> {
  readonly grant: Grant;
}

function checkGrant(core: Core, grant: Grant): void {
  if (!core.config.hosts.includes(grant.origin))
    throw new Refusal('forbidden', 'grant-origin', { errors: [{ pointer: '/grant/origin', code: 'origin' }] });
  if (grant.purpose === 'collect' && collectionOf(core.config, grant.collection) === undefined)
    throw new Refusal('invalid', 'grant-collection', {
      errors: [{ pointer: '/grant/collection', code: 'collection' }],
    });
}

function noteGrant(trail: Trail, core: Core, grant: Grant): void {
  trail.note({ purpose: grant.purpose, origin: grant.origin });
  if (grant.purpose === 'collect') trail.note({ collection: grant.collection });
  else
    trail.note({
      redaction: grant.redaction ?? 'masked',
      reason: grant.reason,
      tokens: grant.tokens.map((token) => auditToken(core.keys, token)),
    });
}

/** Who asks for a session, and the trail of the request. */
export interface SessionCaller {
  readonly account: StoredCredential;
  readonly trail: Trail;
}

/**
 * Mints a session for the key with the given thumbprint. Its token is 256 random bits, of which only a hash is kept.
 *
 * @throws Refusal `forbidden` for an origin that is not one of the hosts, `invalid` for an unknown collection,
 * `unauthorized` when the credential was revoked meanwhile.
 */
export async function createSession(
  core: Core,
  { account, trail }: SessionCaller,
  { grant, thumbprint }: SessionRequest,
): Promise<SessionResponse> {
  noteGrant(trail, core, grant);
  checkGrant(core, grant);
  const id = randomUUID();
  const token = `${SESSION_PREFIX}${randomBytes(32).toString('base64url')}`;
  const expiresAt = core.now() + (grant.minutes ?? DEFAULT_MINUTES) * MINUTE;
  const added = await core.store.addSession(
    {
      id,
      tenant: account.tenant,
      tokenHash: sha256(token),
      thumbprint,
      account: account.account,
      credential: account.id,
      grant: JSON.stringify(grant),
      usesLeft: grant.uses ?? DEFAULT_USES,
      expiresAt,
    },
    trail.event({ session: id, thumbprint }),
  );
  if (!added) throw new Refusal('unauthorized', 'credential');
  return { id, token, expires: new Date(expiresAt).toISOString() };
}

/**
 * The session of a token that has not expired. Uses are not looked at: a retry may still fetch the answer it paid for.
 *
 * @throws Refusal `unauthorized`, the same for malformed, unknown, revoked, expired and planted tokens.
 */
export async function findSession(core: Core, token: string): Promise<Session> {
  const plausible = token.startsWith(SESSION_PREFIX) && token.length <= MAX_TOKEN;
  const found = plausible ? await core.store.session(sha256(token)) : undefined;
  if (found === 'tampered') throw new Refusal('unauthorized', 'tampered');
  if (found === undefined || found.expiresAt <= core.now()) throw new Refusal('unauthorized', 'session');
  const grant = decode(grantSchema, JSON.parse(found.grant));
  if (!grant.ok) throw new Refusal('internal', 'internal');
  return { ...found, grant: grant.value };
}

/**
 * Ends a session before its time. Its requests that are under way are refused from the moment this is committed.
 *
 * @throws Refusal `not-found` for a session that is not there or belongs to another account: the two are not told apart.
 */
export async function revokeSession(core: Core, { account, trail }: SessionCaller, id: string): Promise<void> {
  const owner = { tenant: account.tenant, account: account.account, id };
  if (!(await core.store.revokeSession(owner, trail.event({ session: id })))) throw new Refusal('not-found', 'session');
}
