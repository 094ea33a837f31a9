import { factsOf, redactValue } from '@cloister/fields';
import { Secret, type Collected, type Facts, type FieldConfig } from '@cloister/protocol';
import { own } from '../../coordinator/own.js';
import type {
  CollectRequest,
  Outcome,
  RevealedValues,
  RevealRequest,
  ShownValue,
  VaultAdapter,
  VaultClient,
  VaultContext,
} from '../vault-adapter.js';

interface Stored {
  readonly field: FieldConfig;
  readonly value: Secret;
  /** Milliseconds since the epoch, or `null`. */
  readonly expires: number | null;
}

/**
 * Keeps values in the coordinator's own memory, for trying Cloister out without a vault: they are gone when the page is,
 * there are no sessions, and every page that may embed the frames may show every value as far as its field's `reveal` goes.
 */
export function memoryAdapter(): VaultAdapter {
  return {
    id: 'memory',
    api: 1,
    capabilities: { session: false, reveal: true, idempotency: true, atomicBatch: true },
    csp: { connectSrc: [] },
    open: openMemory,
  };
}

function openMemory(context: VaultContext): VaultClient {
  const values = new Map<string, Stored>();
  const answers = new Map<string, Collected>();
  return {
    collect: (request) => {
      const known = answers.get(request.idempotencyKey);
      if (known !== undefined) return Promise.resolve({ ok: true, value: known });
      const outcome = store(context, values, request);
      if (outcome.ok) answers.set(request.idempotencyKey, outcome.value);
      return Promise.resolve(outcome);
    },
    reveal: (request) => Promise.resolve({ ok: true, value: show(context, values, request) }),
  };
}

function store(context: VaultContext, values: Map<string, Stored>, request: CollectRequest): Outcome<Collected> {
  const fields = own(context.collections, request.collection);
  if (fields === undefined) return { ok: false, code: 'rejected' };
  const tokens: Record<string, string> = {};
  const facts: Record<string, Facts> = {};
  const stored = new Map<string, Stored>();
  for (const [name, value] of request.values) {
    const field = own(fields, name);
    if (field === undefined) return { ok: false, code: 'rejected' };
    const token = context.crypto.randomUUID();
    stored.set(token, { field, value, expires: field.keep === null ? null : context.now() + field.keep });
    tokens[name] = token;
    const known = factsOf(field.type, value.expose(), field.disclose);
    if (known !== undefined) facts[name] = known;
  }
  for (const [token, one] of stored) values.set(token, one);
  return { ok: true, value: { record: context.crypto.randomUUID(), tokens, facts } };
}

function show(context: VaultContext, values: Map<string, Stored>, request: RevealRequest): RevealedValues {
  const shown = new Map<string, ShownValue>();
  for (const token of request.tokens) {
    const one = values.get(token);
    if (one === undefined) continue;
    if (one.expires !== null && one.expires <= context.now()) {
      values.delete(token);
      continue;
    }
    const { value, text } = redactValue(one.field.type, one.value.expose(), one.field.reveal);
    shown.set(token, { value: new Secret(value), text: new Secret(text) });
  }
  return shown;
}
