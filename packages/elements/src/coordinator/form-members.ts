import { CodedError, type CollectionConfig, type coordinatorMethods, type Infer } from '@cloister/protocol';
import type { FrameLink, Joined } from './frame-link.js';
import { own } from './own.js';
import type { PairedFrames } from './paired-frames.js';

export type SubmitParams = Infer<(typeof coordinatorMethods)['submit']['params']>;

/** A frame of the form, and what it holds. */
export interface Member {
  readonly link: FrameLink;
  readonly joined: Joined;
}

/**
 * The frames that a submit names, if together they are the form: each paired and joined to it, all of the collection, no
 * field twice, none that the configuration does not know, and none missing that it requires.
 *
 * @throws CodedError `unpaired`, `collection`, `field` or `invalid`; hints name fields of the configuration only.
 */
export function formMembers(fields: CollectionConfig, frames: PairedFrames, params: SubmitParams): readonly Member[] {
  const members = params.frames.map((id) => memberOf(frames, id, params.form));
  if (members.some(({ joined }) => joined.collection !== params.collection)) throw new CodedError('collection');
  const held = members.flatMap(({ joined }) => joined.fields);
  if (new Set(held).size !== held.length || held.some((field) => own(fields, field) === undefined)) {
    throw new CodedError('field');
  }
  requireAll(fields, new Set(held));
  return members;
}

/**
 * Checks that every field that is not optional is there.
 *
 * @throws CodedError `invalid`, naming the first that is not.
 */
export function requireAll(fields: CollectionConfig, present: { has(field: string): boolean }): void {
  for (const [field, { optional }] of Object.entries(fields)) {
    if (!optional && !present.has(field)) throw new CodedError('invalid', field);
  }
}

function memberOf(frames: PairedFrames, id: string, form: string): Member {
  const link = frames.get(id);
  if (link?.joined?.form !== form) throw new CodedError('unpaired');
  return { link, joined: link.joined };
}
