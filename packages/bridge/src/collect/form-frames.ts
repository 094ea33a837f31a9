import type { CloisterError, ErrorCode, FieldState } from '@cloister/protocol';
import type { Client } from '../client.js';
import { coded } from '../errors.js';
import { channel, type Channels } from '../events/channels.js';
import type { FormEvents, FormState } from './collect-api.js';
import { CollectFrame, type CollectFrameListener, type CollectFrameRequest } from './collect-frame.js';
import type { Field } from './field.js';
import { formState, sameState } from './form-state.js';
import { inPageOrder } from './submit.js';

type SignalType = Parameters<CollectFrameListener['signal']>[1];

/** The fields of a form, the frames they are in, and what both are heard to say. */
export class FormFrames implements CollectFrameListener {
  readonly fields = new Map<string, Field>();
  readonly channels: Channels<FormEvents> = {
    ready: channel(),
    change: channel(),
    focus: channel(),
    blur: channel(),
    enter: channel(),
    escape: channel(),
    error: channel(),
  };
  readonly #client: Client;
  readonly #frames = new Set<CollectFrame>();
  readonly #starting = new Set<CollectFrame>();
  readonly #optional = new Set<string>();
  #last: FormState = formState([], this.#optional);

  constructor(client: Client) {
    this.#client = client;
  }

  get state(): FormState {
    const mounted = [...this.fields.values()].filter(({ frame }) => frame !== null);
    return formState(
      mounted.map(({ state }) => state),
      this.#optional,
    );
  }

  /** In the order of the page. */
  get all(): readonly CollectFrame[] {
    return inPageOrder([...this.#frames]);
  }

  /** Inserts a frame for fields that exist and are in no other. */
  open(request: CollectFrameRequest): Promise<void> {
    const frame = new CollectFrame(this.#client, request, this);
    for (const field of this.#fieldsOf(frame.fields)) field.enter(frame);
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

  /** Takes a frame out of the page; a mount that is under way rejects with the code. */
  release(frame: CollectFrame, code: ErrorCode): void {
    this.#forget(frame);
    frame.close(code);
    this.#publish();
  }

  /** A page that empties an element takes our frames with it, and not every browser tells. */
  sweep(): void {
    for (const frame of this.#frames) if (!frame.iframe.isConnected) this.release(frame, 'unmounted');
  }

  begun(states: readonly FieldState[], optional: readonly string[]): void {
    for (const name of optional) this.#optional.add(name);
    for (const state of states) this.fields.get(state.name)?.accept(state);
  }

  changed(states: readonly FieldState[]): void {
    for (const state of states) {
      const field = this.fields.get(state.name);
      if (field?.accept(state) === true) field.channels.change.emit(state);
    }
    this.#publish();
  }

  signal(name: string, type: SignalType): void {
    const payload = { field: name };
    this.fields.get(name)?.channels[type].emit(payload);
    this.channels[type].emit(payload);
  }

  /** A frame failed. One that the integrator took away is not among ours any more, and nobody needs to hear of it. */
  lost(frame: CollectFrame, error: CloisterError): void {
    if (!this.#frames.has(frame)) return;
    this.#forget(frame);
    this.unpaired(frame, error);
    this.#publish();
  }

  unpaired(frame: CollectFrame, error: CloisterError): void {
    for (const field of this.#fieldsOf(frame.fields)) field.fail(error);
    this.channels.error.emit(error);
  }

  destroy(): void {
    for (const frame of this.#frames) {
      this.#forget(frame);
      frame.close('destroyed');
    }
    for (const each of Object.values(this.channels)) each.clear();
    for (const field of this.fields.values()) field.close();
    this.fields.clear();
  }

  #started(frame: CollectFrame): void {
    if (!this.#starting.delete(frame)) return;
    for (const field of this.#fieldsOf(frame.fields)) field.channels.ready.emit(field.state);
    if (this.#starting.size === 0) this.channels.ready.emit(this.state);
    this.#publish();
  }

  #publish(): void {
    const { state } = this;
    if (sameState(state, this.#last)) return;
    this.#last = state;
    this.channels.change.emit(state);
  }

  #forget(frame: CollectFrame): void {
    this.#frames.delete(frame);
    this.#starting.delete(frame);
    // A field that was mounted again in the meantime is in another frame.
    for (const field of this.#fieldsOf(frame.fields)) if (field.frame === frame) field.leave();
  }

  #fieldsOf(names: readonly string[]): readonly Field[] {
    return names.flatMap((name) => this.fields.get(name) ?? []);
  }
}
