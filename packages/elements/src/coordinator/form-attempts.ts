import { CodedError } from '@cloister/protocol';

/** One submit of a form, from its first check to its outcome. */
export interface Attempt {
  /** The idempotency key for values in this state: the key of the last attempt, as long as that may have succeeded. */
  readonly keyFor: (state: string) => string;
  /** The record exists; the next attempt is for another one. */
  readonly settled: () => void;
  /** The attempt is over, settled or not. */
  readonly over: () => void;
}

interface OpenKey {
  readonly state: string;
  readonly key: string;
}

/** Forms whose last outcome is unknown; beyond that the oldest is forgotten. */
const MOST_FORMS = 200;

/**
 * Sees to it that what was submitted once is stored once. When an answer is lost nobody knows whether the record exists;
 * a retry with unchanged values then carries the same key, and the vault answers with the record that it has. After a
 * refusal the key stays too: nothing is stored under it, or something of an earlier attempt whose answer was lost.
 *
 * Invariant: a key never goes with two states, and never outlives success.
 */
export function formAttempts(newKey: () => string): (form: string) => Attempt {
  const busy = new Set<string>();
  const open = new Map<string, OpenKey>();
  const remember = (form: string, state: string): string => {
    const known = open.get(form);
    const key = known?.state === state ? known.key : newKey();
    open.delete(form);
    open.set(form, { state, key });
    for (const oldest of open.keys()) {
      if (open.size <= MOST_FORMS) break;
      open.delete(oldest);
    }
    return key;
  };
  return (form) => {
    if (busy.has(form)) throw new CodedError('busy');
    busy.add(form);
    return {
      keyFor: (state) => remember(form, state),
      settled: () => open.delete(form),
      over: () => busy.delete(form),
    };
  };
}
