import type { Collected } from '@cloister/protocol';
import type { Client } from '../client.js';
import { openSession } from '../coordinator/session.js';
import type { CollectFrame } from './collect-frame.js';

/** What is sent: frames by name, never what is in them. */
export interface Submission {
  readonly form: string;
  readonly collection: string;
  readonly frames: readonly CollectFrame[];
}

/** Frames in the order in which a reader meets them, so that the first invalid field is the topmost one. */
export function inPageOrder(frames: readonly CollectFrame[]): readonly CollectFrame[] {
  const follows = (one: Node, other: Node): boolean =>
    (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  return [...frames].sort((one, other) => (follows(one.iframe, other.iframe) ? 1 : -1));
}

/** Has the coordinator gather the values of these frames and swap them for tokens. The page knows by then what its fields forgot. */
export async function submitFrames(client: Client, { form, collection, frames }: Submission): Promise<Collected> {
  const coordinator = await client.coordinator.reach(frames);
  const session = await openSession(coordinator, client.session, (jkt) => ({ purpose: 'collect', jkt, collection }));
  const { created, told } = await coordinator.calls.submit({
    form,
    collection,
    frames: frames.map(({ id }) => id),
    ...session,
  });
  await Promise.all(frames.map((frame, index) => frame.heard(told[index] ?? 0)));
  return created;
}
