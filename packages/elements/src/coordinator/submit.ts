import {
  CodedError,
  type Collected,
  type CollectionConfig,
  type FactName,
  type Facts,
  type Submitted,
} from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import type { VaultClient } from '../vault/vault-adapter.js';
import { formAttempts, type Attempt } from './form-attempts.js';
import { formMembers, type SubmitParams } from './form-members.js';
import { gatherForm } from './gather-form.js';
import { own } from './own.js';
import type { PairedFrames } from './paired-frames.js';

/** What a submit works with. */
export interface SubmitParts {
  readonly collections: FrameConfig['collections'];
  readonly frames: PairedFrames;
  readonly vault: Pick<VaultClient, 'ahead' | 'collect'>;
  readonly hostOrigin: () => Promise<string>;
  readonly newKey: () => string;
}

/**
 * Makes the `submit` handler: checks the form, gathers its values over the private ports, and stores them in one request.
 *
 * Security: values live in this call only. What it answers has been reduced to tokens and to the facts that the
 * configuration of our origin discloses, whatever the vault said.
 */
export function submitHandler(parts: SubmitParts): (params: SubmitParams) => Promise<Submitted> {
  const begin = formAttempts(parts.newKey);
  return async (params) => {
    const attempt = begin(params.form);
    try {
      return await submit(parts, params, attempt);
    } finally {
      attempt.over();
    }
  };
}

async function submit(parts: SubmitParts, params: SubmitParams, attempt: Attempt): Promise<Submitted> {
  const { collection, session } = params;
  const fields = own(parts.collections, collection);
  if (fields === undefined) throw new CodedError('collection');
  const members = formMembers(fields, parts.frames, params);
  parts.vault.ahead?.(session);
  const [{ values, state }, origin] = await Promise.all([gatherForm(fields, members), parts.hostOrigin()]);
  const idempotencyKey = attempt.keyFor(state);
  const outcome = await parts.vault.collect({ collection, origin, values, idempotencyKey, session });
  if (!outcome.ok) throw new CodedError(outcome.code);
  attempt.settled();
  // Before the answer: whoever has tokens can rely on it that what nobody may keep is gone.
  const told = await Promise.all(members.map(({ link }) => link.stored()));
  return { created: disclosed(fields, outcome.value), told };
}

/** Facts that the configuration names, of fields that it has; a vault that says more is not passed on. */
function disclosed(fields: CollectionConfig, { record, tokens, facts }: Collected): Collected {
  const kept = Object.entries(facts).flatMap(([field, known]): [string, Facts][] => {
    const allowed = own(fields, field)?.disclose ?? [];
    const some = pick(known, allowed);
    return Object.keys(some).length === 0 ? [] : [[field, some]];
  });
  return { record, tokens, facts: Object.fromEntries(kept) };
}

const pick = (known: Facts, allowed: readonly FactName[]): Facts =>
  Object.fromEntries(allowed.filter((fact) => known[fact] !== undefined).map((fact) => [fact, known[fact]]));
