import {
  CodedError,
  type Collected,
  type CollectionConfig,
  type FactName,
  type Facts,
  type Secret,
} from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import type { CollectRequest, Outcome } from '../vault/vault-adapter.js';
import { formAttempts, type Attempt } from './form-attempts.js';
import { formMembers, requireAll, type Member, type SubmitParams } from './form-members.js';
import { own } from './own.js';
import type { PairedFrames } from './paired-frames.js';

/** What a submit works with. */
export interface SubmitParts {
  readonly collections: FrameConfig['collections'];
  readonly frames: PairedFrames;
  readonly collect: (request: CollectRequest) => Promise<Outcome<Collected>>;
  readonly hostOrigin: () => Promise<string>;
  readonly newKey: () => string;
}

/** All values of a form, and a text that is the same as long as none of them was edited. */
interface FormValues {
  readonly values: ReadonlyMap<string, Secret>;
  readonly state: string;
}

/**
 * Makes the `submit` handler: checks the form, gathers its values over the private ports, and stores them in one request.
 *
 * Security: values live in this call only. What it answers has been reduced to tokens and to the facts that the
 * configuration of our origin discloses, whatever the vault said.
 */
export function submitHandler(parts: SubmitParts): (params: SubmitParams) => Promise<Collected> {
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

async function submit(parts: SubmitParts, params: SubmitParams, attempt: Attempt): Promise<Collected> {
  const { collection, session } = params;
  const fields = own(parts.collections, collection);
  if (fields === undefined) throw new CodedError('collection');
  const { values, state } = await gatherForm(fields, formMembers(fields, parts.frames, params));
  const origin = await parts.hostOrigin();
  const idempotencyKey = attempt.keyFor(state);
  const outcome = await parts.collect({ collection, origin, values, idempotencyKey, session });
  // Of all failures only this one is about the values, and says that no record was made of them, now or before.
  if (outcome.ok || outcome.code === 'rejected') attempt.settled();
  if (!outcome.ok) throw new CodedError(outcome.code);
  return disclosed(fields, outcome.value);
}

async function gatherForm(fields: CollectionConfig, members: readonly Member[]): Promise<FormValues> {
  const answers = await Promise.all(
    members.map(async (member) => ({ ...member, gathered: await member.link.gather() })),
  );
  const values = new Map<string, Secret>();
  const revisions: (readonly [frame: string, revision: number, fields: readonly string[]])[] = [];
  for (const { link, joined, gathered } of answers) {
    if (gathered === undefined) throw new CodedError('unpaired');
    if (gathered.values === undefined) throw new CodedError('invalid');
    for (const [field, value] of gathered.values) {
      if (!joined.fields.includes(field)) throw new CodedError('internal');
      values.set(field, value);
    }
    revisions.push([link.id, gathered.revision, joined.fields]);
  }
  requireAll(fields, values);
  if (values.size === 0) throw new CodedError('invalid');
  return { values, state: JSON.stringify(revisions.toSorted(([one], [other]) => (one < other ? -1 : 1))) };
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
