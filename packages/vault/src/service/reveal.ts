import { redactValue } from '@cloister/fields';
import {
  strictest,
  type FieldConfig,
  type Grant,
  type Redaction,
  type RevealRequest,
  type RevealResponse,
  type RevealedValue,
} from '@cloister/protocol';
import type { Trail } from '../audit/trail.js';
import type { StoredValue } from '../store/store.js';
import { auditToken, collectionOf, type Core } from './core.js';
import { Refusal } from './refusal.js';
import { openValue } from './sealed-values.js';
import type { Session } from './sessions.js';

/** A session and the request that came with it. */
export interface RevealCall {
  readonly session: Session;
  readonly trail: Trail;
  readonly body: RevealRequest;
}

type RevealGrant = Extract<Grant, { readonly purpose: 'reveal' }>;

function grantOf(core: Core, { session: { grant }, body }: RevealCall): RevealGrant {
  if (grant.purpose !== 'reveal') throw new Refusal('forbidden', 'grant-purpose');
  if (grant.origin !== body.origin || !core.config.hosts.includes(body.origin))
    throw new Refusal('forbidden', 'grant-origin');
  return grant;
}

function fieldOf(core: Core, { collection, field }: StoredValue): FieldConfig | undefined {
  const fields = collectionOf(core.config, collection);
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

interface Shown {
  readonly values: ReadonlyMap<string, RevealedValue>;
  readonly damaged: number;
}

function show(
  core: Core,
  stored: readonly StoredValue[],
  { tenant, ceiling }: { tenant: string; ceiling: Redaction },
): Shown {
  const values = new Map<string, RevealedValue>();
  let damaged = 0;
  for (const item of stored) {
    const field = fieldOf(core, item);
    if (field === undefined) continue;
    const clear = openValue(core.keys, tenant, item);
    if (clear === undefined) {
      damaged += 1;
      continue;
    }
    const redaction = strictest(ceiling, field.reveal);
    values.set(item.token, {
      token: item.token,
      type: field.type,
      redaction,
      ...redactValue(field.type, clear, redaction),
    });
  }
  return { values, damaged };
}

/**
 * Fetches values to show, each redacted to the strictest of the request's wish, the grant's ceiling (masked, when it names
 * none) and the field's own `reveal`.
 *
 * Security: a token that the grant does not list is not even looked up, so that nothing can be learnt about it. The use is
 * taken and the audit row is committed before anything is returned.
 *
 * @throws Refusal `forbidden` outside the grant, `unauthorized` when the session has no use left.
 */
export async function reveal(core: Core, call: RevealCall): Promise<RevealResponse> {
  const { session, trail, body } = call;
  const grant = grantOf(core, call);
  const listed = new Set(grant.tokens);
  const wanted = Array.from(new Set(body.tokens)).filter((token) => listed.has(token));
  const limit = grant.redaction ?? 'masked';
  const ceiling = strictest(limit, body.redaction ?? limit);
  const stored = await core.store.values(session.tenant, wanted, core.now());
  const { values, damaged } = show(core, stored, { tenant: session.tenant, ceiling });
  const event = trail.event({
    redaction: ceiling,
    count: values.size,
    damaged: damaged === 0 ? undefined : damaged,
    reason: grant.reason,
    tokens: body.tokens.map((token) => auditToken(core.keys, token)),
  });
  if (!(await core.store.spendSession(session.tokenHash, event))) throw new Refusal('unauthorized', 'session-spent');
  return { values: body.tokens.map((token) => values.get(token) ?? { token, error: 'not-found' }) };
}
