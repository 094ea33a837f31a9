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
  /** Takes so many tokens from the account's budget; rejects when there is not enough. */
  readonly charge: (tokens: number) => Promise<void>;
}

type RevealGrant = Extract<Grant, { readonly purpose: 'reveal' }>;

function grantOf(core: Core, { session: { grant }, body }: RevealCall): RevealGrant {
  if (grant.purpose !== 'reveal') throw new Refusal('forbidden', 'grant-purpose');
  if (grant.origin !== body.origin || !core.config.hosts.includes(body.origin))
    throw new Refusal('forbidden', 'grant-origin');
  return grant;
}

/**
 * The tokens to look up: those that the grant lists.
 *
 * Security: all sessions of an account share its budget, so only what this one may still see is charged. A shopper whose
 * session is spent, or was for something else, could otherwise keep everybody's cards from being shown.
 */
async function payable({ session, body, charge }: RevealCall, grant: RevealGrant): Promise<readonly string[]> {
  if (session.usesLeft < 1) throw new Refusal('unauthorized', 'session-spent');
  const listed = new Set(grant.tokens);
  const wanted = Array.from(new Set(body.tokens)).filter((token) => listed.has(token));
  if (wanted.length > 0) await charge(wanted.length);
  return wanted;
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
 * @throws Refusal `forbidden` outside the grant, `unauthorized` when the session has no use left, `rate-limited` by
 * `charge`.
 */
export async function reveal(core: Core, call: RevealCall): Promise<RevealResponse> {
  const { session, trail, body } = call;
  const grant = grantOf(core, call);
  const wanted = await payable(call, grant);
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
