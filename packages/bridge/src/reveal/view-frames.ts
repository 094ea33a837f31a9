import type { SlotState } from '@cloister/protocol';
import type { Client } from '../client.js';
import { channel, type Channels } from '../events/channels.js';
import { FrameGroup } from '../group/frame-group.js';
import type { ValueState, ViewEvents } from './reveal-api.js';
import { RevealFrame, type RevealFrameListener, type RevealFrameRequest } from './reveal-frame.js';
import type { Value } from './value.js';

/** The values of a view, by slot, the frames they are in, and what both are heard to say. */
export class ViewFrames extends FrameGroup<RevealFrame, Value, readonly ValueState[]> implements RevealFrameListener {
  readonly channels: Channels<ViewEvents> = {
    ready: channel(),
    change: channel(),
    copied: channel(),
    error: channel(),
  };
  readonly #client: Client;
  /** Values that changed and were not told of. */
  #news: readonly Value[] = [];

  constructor(client: Client) {
    super();
    this.#client = client;
  }

  get state(): readonly ValueState[] {
    return [...this.members.values()].map(({ state }) => state);
  }

  open(request: RevealFrameRequest): Promise<void> {
    const frame = new RevealFrame(this.#client, request, this);
    for (const value of this.of(frame)) value.move(frame);
    return this.follow(frame);
  }

  changed(slots: readonly SlotState[]): void {
    this.#news = slots.flatMap(({ slot, status, code }) => {
      const value = this.members.get(slot);
      return value?.accept(status, code) === true ? [value] : [];
    });
    this.publish();
  }

  copied(slot: string): void {
    const value = this.members.get(slot);
    if (value === undefined) return;
    value.channels.copied.emit(value.state);
    this.channels.copied.emit(value.state);
  }

  protected override publish(): void {
    const news = this.#news;
    this.#news = [];
    for (const value of news) value.channels.change.emit(value.state);
    if (news.length > 0) this.channels.change.emit(this.state);
  }

  protected override leave(values: readonly Value[]): void {
    this.#news = values.filter(({ state }) => state.status !== 'hidden');
    for (const value of values) value.move(null);
  }
}
