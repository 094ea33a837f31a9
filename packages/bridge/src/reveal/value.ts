import type { ErrorCode, RevealSlot, SlotState } from '@cloister/protocol';
import { channel, listening, type Channels } from '../events/channels.js';
import { Member } from '../group/member.js';
import type { Target } from '../target.js';
import type { RevealValue, ValueEvents, ValueMountOptions, ValueState } from './reveal-api.js';
import type { RevealFrame } from './reveal-frame.js';

/** What a value needs of its view. */
export interface ValueOwner {
  mountAlone(value: Value, target: Target, options: ValueMountOptions): Promise<void>;
  unmountAlone(frame: RevealFrame): void;
  forget(slot: string): void;
}

/** A value of a view; the view moves it in and out of frames. */
export class Value extends Member<RevealFrame, ValueState> implements RevealValue {
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

  constructor(token: string, slot: RevealSlot, owner: ValueOwner) {
    super(slot.slot, owner);
    this.token = token;
    this.slot = slot;
    this.#owner = owner;
  }

  get label(): string {
    return this.slot.label;
  }

  get state(): ValueState {
    const state = { token: this.token, status: this.#status };
    return this.#code === undefined ? state : { ...state, code: this.#code };
  }

  mount(target: Target, options: ValueMountOptions = {}): Promise<void> {
    return this.#owner.mountAlone(this, target, options);
  }

  /** Enters or leaves a frame. */
  move(frame: RevealFrame | null): void {
    this.frame = frame;
    this.accept('hidden', undefined);
  }

  /** Takes over a state; answers whether it was new. */
  accept(status: SlotState['status'], code: ErrorCode | undefined): boolean {
    if (status === this.#status && code === this.#code) return false;
    this.#status = status;
    this.#code = code;
    return true;
  }
}
