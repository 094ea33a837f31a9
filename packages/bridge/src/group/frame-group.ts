import type { CloisterError, ErrorCode } from '@cloister/protocol';
import { coded, insist } from '../errors.js';
import { clearAll } from '../events/channels.js';
import type { GroupChannels, GroupFrame, Member } from './member.js';

/** What people call members that are mounted together: each once, and none that is mounted. @throws TypeError */
export function labelsOf(members: readonly Pick<Member<GroupFrame, unknown>, 'frame' | 'label'>[]): string {
  insist(new Set(members).size === members.length, 'one stands twice in the layout');
  for (const { frame, label } of members) insist(frame === null, `${label} is mounted`);
  return members.map(({ label }) => label).join(', ');
}

/** The members of a form or view, the frames they are in, and what both are heard to say. */
export abstract class FrameGroup<F extends GroupFrame, M extends Member<F, unknown>, S> {
  abstract readonly channels: GroupChannels<S>;
  abstract readonly state: S;
  /** By name. */
  readonly members = new Map<string, M>();
  readonly #frames = new Set<F>();
  readonly #starting = new Set<F>();

  /** Tells the page of the whole, when there is something new. */
  protected abstract publish(): void;
  /** Takes members out of a frame that is no more. */
  protected abstract leave(members: readonly M[]): void;

  get all(): readonly F[] {
    return [...this.#frames];
  }

  /** Takes a frame out of the page; a mount that is under way rejects with the code. */
  release(frame: F, code: ErrorCode): void {
    this.#forget(frame);
    frame.close(code);
    this.publish();
  }

  /** A page that empties an element takes our frames with it, and not every browser tells. */
  sweep(): void {
    for (const frame of this.#frames) if (!frame.iframe.isConnected) this.release(frame, 'unmounted');
  }

  /** A frame failed. One that the integrator took away is not among ours any more, and nobody needs to hear of it. */
  lost(frame: F, error: CloisterError): void {
    if (!this.#frames.has(frame)) return;
    this.#forget(frame);
    this.unpaired(frame, error);
    this.publish();
  }

  unpaired(frame: F, error: CloisterError): void {
    for (const member of this.of(frame)) member.channels.error.emit(error);
    this.channels.error.emit(error);
  }

  /** Calls whose answer nobody waits for: a failure is heard as an event, unless the frame was taken away meanwhile. */
  attempt(frame: F, call: Promise<unknown>): void {
    call.catch((error: unknown) => {
      if (this.#frames.has(frame)) this.unpaired(frame, coded(error));
    });
  }

  destroy(): void {
    clearAll(this.channels);
    for (const member of this.members.values()) member.close();
    for (const frame of this.#frames) this.release(frame, 'destroyed');
    this.members.clear();
  }

  /** Follows a frame, whose members exist and are in no other. */
  protected follow(frame: F): Promise<void> {
    this.#frames.add(frame);
    this.#starting.add(frame);
    frame.ready.then(
      () => {
        this.#started(frame);
      },
      (error: unknown) => {
        this.lost(frame, coded(error));
      },
    );
    return frame.ready;
  }

  protected of(frame: F): readonly M[] {
    return frame.names.flatMap((name) => this.members.get(name) ?? []);
  }

  #started(frame: F): void {
    if (!this.#starting.delete(frame)) return;
    for (const member of this.of(frame)) member.channels.ready.emit(member.state);
    if (this.#starting.size === 0) this.channels.ready.emit(this.state);
    this.publish();
  }

  #forget(frame: F): void {
    this.#frames.delete(frame);
    this.#starting.delete(frame);
    // A member that was mounted again in the meantime is in another frame.
    this.leave(this.of(frame).filter((member) => member.frame === frame));
  }
}
