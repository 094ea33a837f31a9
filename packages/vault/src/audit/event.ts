import { canonicalJson } from '../crypto/canonical-json.js';

/** What was done or asked for. */
export type Operation =
  | 'credential.create'
  | 'credential.revoke'
  | 'session.create'
  | 'session.revoke'
  | 'record.create'
  | 'record.replay'
  | 'reveal'
  | 'retention.delete';

/**
 * One thing that happened, before it is written down.
 *
 * Security: this closed list of keys is all the audit log can hold. Values have no place in it; tokens stand as HMACs.
 */
export interface AuditEvent {
  readonly at: number;
  /** Id of the request, also in `X-Request-Id`; of the run, when the vault acts by itself. */
  readonly request: string;
  readonly operation: Operation;
  /** Code of the reason when it was refused; absent when it was done. */
  readonly refused?: string | undefined;
  readonly ip?: string | undefined;
  /** Name of the service account that acts or that minted the session. */
  readonly account?: string | undefined;
  /** Id of the credential that acts, that minted the session, or that is made or revoked. */
  readonly credential?: string | undefined;
  readonly session?: string | undefined;
  readonly thumbprint?: string | undefined;
  readonly collection?: string | undefined;
  readonly origin?: string | undefined;
  readonly purpose?: string | undefined;
  readonly redaction?: string | undefined;
  /** Why a backend wanted the reveal. */
  readonly reason?: string | undefined;
  /** How many values were stored, shown or deleted; how many sessions were revoked. */
  readonly count?: number | undefined;
  /** How many further refusals of the same kind this row stands for. */
  readonly repeated?: number | undefined;
  /** How many stored values did not open: somebody changed the database (A72). */
  readonly damaged?: number | undefined;
  /** HMACs of tokens. */
  readonly tokens?: readonly string[] | undefined;
}

/** OCSF `API Activity`: 1 create, 2 read, 4 delete. */
const ACTIVITY: Readonly<Record<Operation, number>> = {
  'credential.create': 1,
  'credential.revoke': 4,
  'session.create': 1,
  'session.revoke': 4,
  'record.create': 1,
  'record.replay': 2,
  reveal: 2,
  'retention.delete': 4,
};
const API_ACTIVITY = 6003;
const INFORMATIONAL = 1;
const LOW = 2;
const CRITICAL = 5;

function severityOf(event: AuditEvent): number {
  if ((event.damaged ?? 0) > 0 || event.refused === 'tampered') return CRITICAL;
  return event.refused === undefined ? INFORMATIONAL : LOW;
}

/** The event as canonical JSON in the shape of OCSF 1.3 (class 6003), ready for the chain. */
export function renderEvent(event: AuditEvent): string {
  const activity = ACTIVITY[event.operation];
  return canonicalJson({
    activity_id: activity,
    category_uid: 6,
    class_uid: API_ACTIVITY,
    type_uid: API_ACTIVITY * 100 + activity,
    severity_id: severityOf(event),
    status_id: event.refused === undefined ? 1 : 2,
    status_detail: event.refused,
    time: event.at,
    metadata: { version: '1.3.0', product: { name: 'Cloister vault', vendor_name: 'Cloister' } },
    actor: { app_name: event.account, session: event.session === undefined ? undefined : { uid: event.session } },
    src_endpoint: event.ip === undefined ? undefined : { ip: event.ip },
    api: { operation: event.operation, request: { uid: event.request } },
    resources: event.tokens?.map((uid) => ({ type: 'token', uid })),
    unmapped: {
      collection: event.collection,
      count: event.count,
      credential: event.credential,
      damaged: event.damaged,
      origin: event.origin,
      purpose: event.purpose,
      reason: event.reason,
      redaction: event.redaction,
      repeated: event.repeated,
      thumbprint: event.thumbprint,
    },
  });
}
