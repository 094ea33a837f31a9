import { ERROR_DOCS, type ProblemCode, type VaultProblem } from '@cloister/protocol';
import type { Refusal } from '../service/refusal.js';

/** What is constant about a code. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The problems of the vault; `docs/errors.md` is generated from this table. */
export const PROBLEM_KINDS: Readonly<Record<ProblemCode, ProblemKind>> = {
  unauthorized: { status: 401, title: 'The credential or session is not accepted.' },
  forbidden: { status: 403, title: 'Not allowed.' },
  invalid: { status: 422, title: 'The request does not fit the contract.' },
  conflict: { status: 409, title: 'The idempotency key was used for another request.' },
  'not-found': { status: 404, title: 'No such thing.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'media-type': { status: 415, title: 'The body must be application/json.' },
  'rate-limited': { status: 429, title: 'Too many requests.' },
  unavailable: { status: 503, title: 'The vault cannot answer now.' },
  internal: { status: 500, title: 'The vault failed.' },
};

/** Problem details (RFC 9457) made of fixed texts, codes and the request's id: nothing of the input, nothing of the failure. */
export function problemOf({ code, details }: Refusal, request: string): VaultProblem {
  const { status, title } = PROBLEM_KINDS[code];
  return {
    type: `${ERROR_DOCS}#vault-${code}`,
    title,
    status: details.status ?? status,
    code,
    instance: request,
    ...(details.errors === undefined ? {} : { errors: details.errors.slice(0, 40) }),
  };
}
