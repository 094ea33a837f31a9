import { randomUUID } from 'node:crypto';
import { factsOf } from '@cloister/fields';
import {
  decode,
  recordResponse,
  type CollectionConfig,
  type Facts,
  type RecordRequest,
  type RecordResponse,
} from '@cloister/protocol';
import type { Trail } from '../audit/trail.js';
import { lengthPrefixed, sha256 } from '../crypto/bytes.js';
import { canonicalJson } from '../crypto/canonical-json.js';
import type { RecordAttempt } from '../store/store.js';
import { DAY } from '../time/clock.js';
import { checkValues } from './check-values.js';
import { auditToken, collectionOf, type Core } from './core.js';
import { Refusal } from './refusal.js';
import { sealRecord, type ClearValue } from './sealed-values.js';
import type { Session } from './sessions.js';

/*
 * Creating a record, at most once.
 *
 * 1. The grant must be for this collection and origin, and the values must be those of the collection.
 * 2. Everything is sealed first. Then one transaction looks for the idempotency key, takes a use of the session, writes
 *    record, sealed answer and audit row. It happens whole or not at all, so a key is never left "under way".
 * 3. A retry with the same key and the same values gets the first answer. It creates nothing and takes no use: not of the
 *    session that paid already, even when that one is used up, nor of a new one bound to the same coordinator key.
 * 4. The same key with other values is a conflict. Bodies are compared by a MAC: a plain hash of a card number could be
 *    guessed by trying them all (A81).
 */

/** A session and the request that came with it. */
export interface RecordCall {
  readonly session: Session;
  readonly trail: Trail;
  readonly idempotencyKey: string;
  readonly body: RecordRequest;
}

const RESPONSE_LIFE = DAY;

function fieldsGranted(core: Core, { session: { grant }, body }: RecordCall): CollectionConfig {
  if (grant.purpose !== 'collect') throw new Refusal('forbidden', 'grant-purpose');
  if (grant.collection !== body.collection) throw new Refusal('forbidden', 'grant-collection');
  if (grant.origin !== body.origin || !core.config.hosts.includes(body.origin))
    throw new Refusal('forbidden', 'grant-origin');
  const fields = collectionOf(core.config, body.collection);
  if (fields === undefined) throw new Refusal('forbidden', 'grant-collection');
  return fields;
}

function clearValues(fields: CollectionConfig, body: RecordRequest, now: number): readonly ClearValue[] {
  return Object.entries(body.values).map(([field, text]) => {
    const keep = fields[field]?.keep ?? null;
    return { field, text, token: randomUUID(), expiresAt: keep === null ? null : now + keep };
  });
}

function disclosedFacts(fields: CollectionConfig, body: RecordRequest): Readonly<Record<string, Facts>> {
  const disclosed: Record<string, Facts> = {};
  for (const [field, { type, disclose }] of Object.entries(fields)) {
    const value = Object.hasOwn(body.values, field) ? body.values[field] : undefined;
    const facts = value === undefined || disclose.length === 0 ? undefined : factsOf(type, value, disclose);
    if (facts !== undefined) disclosed[field] = facts;
  }
  return disclosed;
}

const responseAad = (scope: Uint8Array): Buffer => lengthPrefixed(['cl1-response', scope]);

function idempotencyOf(core: Core, call: RecordCall, response: RecordResponse): RecordAttempt['idempotency'] {
  const { tenant, thumbprint } = call.session;
  const scope = sha256(lengthPrefixed([tenant, thumbprint, 'records', call.idempotencyKey]));
  return {
    scope,
    bodyMac: core.keys.mac('idempotency-body', lengthPrefixed([scope, canonicalJson(call.body)])),
    response: core.keys.sealResponse(Buffer.from(JSON.stringify(response)), responseAad(scope)),
    expiresAt: core.now() + RESPONSE_LIFE,
  };
}

function readReplay(core: Core, scope: Uint8Array, sealed: Uint8Array): RecordResponse {
  const clear = core.keys.openResponse(sealed, responseAad(scope));
  const response = clear === undefined ? undefined : decode(recordResponse, JSON.parse(clear.toString('utf8')));
  if (response?.ok !== true) throw new Refusal('internal', 'internal');
  return response.value;
}

function attemptOf(core: Core, call: RecordCall, fields: CollectionConfig) {
  const { session, trail, body } = call;
  const now = core.now();
  const values = clearValues(fields, body, now);
  const response: RecordResponse = {
    record: randomUUID(),
    tokens: Object.fromEntries(values.map(({ field, token }) => [field, token])),
    facts: disclosedFacts(fields, body),
  };
  const place = { tenant: session.tenant, id: response.record, collection: body.collection, createdAt: now };
  const attempt: RecordAttempt = {
    now,
    sessionHash: session.tokenHash,
    record: sealRecord(core.keys, place, values),
    idempotency: idempotencyOf(core, call, response),
    created: trail.event({
      count: values.length,
      tokens: values.map(({ token }) => auditToken(core.keys, token)),
    }),
    replayed: trail.event({ operation: 'record.replay' }),
  };
  return { attempt, response };
}

/**
 * Stores the values of one form.
 *
 * @throws Refusal `forbidden` outside the grant, `invalid` for wrong values, `conflict` for a key that was used for other
 * values, `unauthorized` when the session has no use left.
 */
export async function createRecord(core: Core, call: RecordCall): Promise<RecordResponse> {
  const fields = fieldsGranted(core, call);
  const errors = checkValues(fields, call.body.values, core.now());
  if (errors.length > 0) throw new Refusal('invalid', 'values', { errors });
  const { attempt, response } = attemptOf(core, call, fields);
  const outcome = await core.store.addRecord(attempt);
  switch (outcome.kind) {
    case 'created':
      return response;
    case 'replayed':
      return readReplay(core, attempt.idempotency.scope, outcome.response);
    case 'conflict':
      throw new Refusal('conflict', 'idempotency');
    case 'spent':
      throw new Refusal('unauthorized', 'session-spent');
  }
}
