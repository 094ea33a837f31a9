import type { ErrorCode, RevealSlot, SlotState } from '@cloister/protocol';
import { insist } from '../errors.js';
import { channel, listening, type Channels } from '../events/channels.js';
import type { Target } from '../target.js';
import type { RevealValue, ValueEvents, ValueMountOptions, ValueState } from './reveal-api.js';
import type { RevealFrame } from './reveal-frame.js';

/** What a value needs of its view. */
export interface ValueOwner {
  mountAlone(value: Value, target: Target, options: ValueMountOptions): Promise<void>;
  unmountAlone(frame: RevealFrame): void;
  forget(value: Value): void;
}

/** A value of a view; the view moves it in and out of frames. */
export class Value implements RevealValue {
  readonly token: string;
  readonly slot: RevealSlot;
  readonly channels: Channels<ValueEvents> = {
    ready: channel(),
    change: channel(),
    copied: channel(),
    error: channel(),
  };
  readonly on = listening(this.channels);
  readonly #owner: ValueOwner;
  #status: SlotState['status'] = 'hidden';
  #code: ErrorCode | undefined;
  #frame: RevealFrame | null = null;

  constructor(token: string, slot: RevealSlot, owner: ValueOwner) {
    this.token = token;
    this.slot = slot;
    this.#owner = owner;
  }

  get state(): ValueState {
    const state = { token: this.token, status: this.#status };
    return this.#code === undefined ? state : { ...state, code: this.#code };
  }

  get frame(): RevealFrame | null {
    return this.#frame;
  }

  mount(target: Target, options: ValueMountOptions = {}): Promise<void> {
    return this.#owner.mountAlone(this, target, options);
  }

  unmount(): void {
    if (this.#frame === null) return;
    insist(this.#frame.slots.length === 1, 'this value shares its frame: unmount the view');
    this.#owner.unmountAlone(this.#frame);
  }

  destroy(): void {
    this.unmount();
    this.#owner.forget(this);
    this.close();
  }

  enter(frame: RevealFrame): void {
    this.#frame = frame;
    this.accept('hidden', undefined);
  }

  leave(): void {
    this.#frame = null;
    this.accept('hidden', undefined);
  }

  /** Takes over a state; answers whether it was new. */
  accept(status: SlotState['status'], code: ErrorCode | undefined): boolean {
    if (status === this.#status && code === this.#code) return false;
    this.#status = status;
    this.#code = code;
    return true;
  }

  close(): void {
    for (const each of Object.values(this.channels)) each.clear();
  }
}
