import type { ProblemCode } from '@cloister/protocol';

/** Why a request was refused, for the audit log. The caller hears only the problem's code. */
export type RefusalReason =
  | 'host'
  | 'origin'
  | 'browser'
  | 'header'
  | 'body'
  | 'size'
  | 'media-type'
  | 'rate'
  | 'credential'
  | 'session'
  | 'session-spent'
  | 'tampered'
  | 'proof-malformed'
  | 'proof-signature'
  | 'proof-key'
  | 'proof-target'
  | 'proof-token'
  | 'proof-time'
  | 'proof-replayed'
  | 'proof-memory'
  | 'grant-purpose'
  | 'grant-collection'
  | 'grant-origin'
  | 'values'
  | 'idempotency'
  | 'route'
  | 'internal';

/** A place in the body by JSON Pointer, and a code. Names only what the contract or the configuration names. */
export interface InvalidPlace {
  readonly pointer: string;
  readonly code: string;
}

interface RefusalDetails {
  readonly errors?: readonly InvalidPlace[];
  /** Seconds. */
  readonly retryAfter?: number;
  /** Overrides the code's usual HTTP status. */
  readonly status?: number;
}

/** Thrown wherever the vault does not do what was asked; becomes a problem (RFC 9457) and an audit row. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly reason: RefusalReason;
  readonly details: RefusalDetails;

  constructor(code: ProblemCode, reason: RefusalReason, details: RefusalDetails = {}) {
    super(code);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}
