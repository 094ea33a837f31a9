import { decode, problem, type ProblemCode } from '@cloister/protocol';
import type { VaultFailure } from '../vault-adapter.js';

/** What the shopper's side makes of a problem. Routes and media types are our own business, hence `unavailable`. */
const CODES: Readonly<Record<ProblemCode, VaultFailure>> = {
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  invalid: 'rejected',
  conflict: 'conflict',
  'not-found': 'unavailable',
  'too-large': 'rejected',
  'media-type': 'unavailable',
  'rate-limited': 'rate-limited',
  unavailable: 'unavailable',
  internal: 'unavailable',
};

/**
 * The code for an answer that is not a success. A body that is not a problem of ours comes from something in between,
 * whose word on sessions and values is not taken; only its 429 is.
 */
export function failureOf(status: number, body: unknown): VaultFailure {
  const told = decode(problem, body);
  if (told.ok && told.value.status === status) return CODES[told.value.code];
  return status === 429 ? 'rate-limited' : 'unavailable';
}
