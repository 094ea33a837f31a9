import type { CloisterError, ErrorCode, SlotState } from '@cloister/protocol';
import type { Client } from '../client.js';
import { coded } from '../errors.js';
import { channel, type Channels } from '../events/channels.js';
import type { ValueState, ViewEvents } from './reveal-api.js';
import { RevealFrame, type RevealFrameListener, type RevealFrameRequest } from './reveal-frame.js';
import type { Value } from './value.js';

/** The values of a view, the frames they are in, and what both are heard to say. */
export class ViewFrames implements RevealFrameListener {
  /** By slot. */
  readonly values = new Map<string, Value>();
  readonly channels: Channels<ViewEvents> = {
    ready: channel(),
    change: channel(),
    copied: channel(),
    error: channel(),
  };
  readonly #client: Client;
  readonly #frames = new Set<RevealFrame>();
  readonly #starting = new Set<RevealFrame>();

  constructor(client: Client) {
    this.#client = client;
  }

  get state(): readonly ValueState[] {
    return [...this.values.values()].map(({ state }) => state);
  }

  get all(): readonly RevealFrame[] {
    return [...this.#frames];
  }

  open(request: RevealFrameRequest): Promise<void> {
    const frame = new RevealFrame(this.#client, request, this);
    for (const value of this.#valuesOf(frame)) value.enter(frame);
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

  release(frame: RevealFrame, code: ErrorCode): void {
    this.#forget(frame);
    frame.close(code);
  }

  /** A page that empties an element takes our frames with it, and not every browser tells. */
  sweep(): void {
    for (const frame of this.#frames) if (!frame.iframe.isConnected) this.release(frame, 'unmounted');
  }

  changed(slots: readonly SlotState[]): void {
    const news = slots.flatMap(({ slot, status, code }) => {
      const value = this.values.get(slot);
      return value?.accept(status, code) === true ? [value] : [];
    });
    for (const value of news) value.channels.change.emit(value.state);
    if (news.length > 0) this.channels.change.emit(this.state);
  }

  copied(slot: string): void {
    const value = this.values.get(slot);
    if (value === undefined) return;
    value.channels.copied.emit(value.state);
    this.channels.copied.emit(value.state);
  }

  /** A frame failed. One that the integrator took away is not among ours any more, and nobody needs to hear of it. */
  lost(frame: RevealFrame, error: CloisterError): void {
    if (!this.#frames.has(frame)) return;
    const values = this.#valuesOf(frame);
    this.#forget(frame);
    for (const value of values) value.channels.error.emit(error);
    this.channels.error.emit(error);
  }

  unpaired(frame: RevealFrame, error: CloisterError): void {
    for (const value of this.#valuesOf(frame)) value.channels.error.emit(error);
    this.channels.error.emit(error);
  }

  destroy(): void {
    for (const each of Object.values(this.channels)) each.clear();
    for (const value of this.values.values()) value.close();
    for (const frame of this.#frames) this.release(frame, 'destroyed');
    this.values.clear();
  }

  #started(frame: RevealFrame): void {
    if (!this.#starting.delete(frame)) return;
    for (const value of this.#valuesOf(frame)) value.channels.ready.emit(value.state);
    if (this.#starting.size === 0) this.channels.ready.emit(this.state);
  }

  #forget(frame: RevealFrame): void {
    this.#frames.delete(frame);
    this.#starting.delete(frame);
    const left = this.#valuesOf(frame).filter((value) => value.frame === frame);
    const shown = left.filter(({ state }) => state.status !== 'hidden');
    for (const value of left) value.leave();
    for (const value of shown) value.channels.change.emit(value.state);
    if (shown.length > 0) this.channels.change.emit(this.state);
  }

  #valuesOf(frame: RevealFrame): readonly Value[] {
    return frame.slots.flatMap((slot) => this.values.get(slot) ?? []);
  }
}
