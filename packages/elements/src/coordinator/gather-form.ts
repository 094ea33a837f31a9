import { CodedError, type CollectionConfig, type Secret } from '@cloister/protocol';
import { requireAll, type Member } from './form-members.js';
import type { Gathered } from './frame-link.js';

/** All values of a form, and a text that is the same as long as none of them was edited. */
export interface FormValues {
  readonly values: ReadonlyMap<string, Secret>;
  readonly state: string;
}

interface Answer extends Member {
  readonly gathered: Gathered;
}

/**
 * Asks every frame for its values.
 *
 * Invariant: values stand in the configuration's order and the state in the frames', so that a retry has the same body,
 * byte for byte, under the same key.
 *
 * @throws CodedError `unpaired` when a frame does not answer, `invalid` when one has no valid values or one is missing.
 */
export async function gatherForm(fields: CollectionConfig, members: readonly Member[]): Promise<FormValues> {
  const answers = await Promise.all(members.map(gatherFrame));
  const gathered = new Map(answers.flatMap(valuesOf));
  requireAll(fields, gathered);
  const values = new Map<string, Secret>();
  for (const field of Object.keys(fields)) {
    const value = gathered.get(field);
    if (value !== undefined) values.set(field, value);
  }
  if (values.size === 0) throw new CodedError('invalid');
  return { values, state: stateOf(answers) };
}

async function gatherFrame({ link, joined }: Member): Promise<Answer> {
  const gathered = await link.gather();
  if (gathered === undefined) throw new CodedError('unpaired');
  return { link, joined, gathered };
}

/** A frame answers for the fields that it joined with, and for no others. */
function valuesOf({ joined, gathered }: Answer): readonly (readonly [string, Secret])[] {
  if (gathered.values === undefined) throw new CodedError('invalid');
  const entries = [...gathered.values];
  if (entries.some(([field]) => !joined.fields.includes(field))) throw new CodedError('internal');
  return entries;
}

/** Frame ids are one document's for life, and revisions only grow. */
const stateOf = (answers: readonly Answer[]): string =>
  JSON.stringify(
    answers.map(({ link, joined, gathered }) => [link.id, gathered.revision, ...joined.fields]).toSorted(),
  );
