import type { FieldState } from '@cloister/protocol';
import type { Client } from '../client.js';
import { channel, type Channels } from '../events/channels.js';
import { FrameGroup } from '../group/frame-group.js';
import type { FormEvents, FormState } from './collect-api.js';
import { CollectFrame, type CollectFrameListener, type CollectFrameRequest } from './collect-frame.js';
import type { Field } from './field.js';
import { formState, sameState } from './form-state.js';
import { inPageOrder } from './submit.js';

type SignalType = Parameters<CollectFrameListener['signal']>[1];

/** The fields of a form, the frames they are in, and what both are heard to say. */
export class FormFrames extends FrameGroup<CollectFrame, Field, FormState> implements CollectFrameListener {
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
  readonly #optional = new Set<string>();
  #last: FormState = formState([], this.#optional);

  constructor(client: Client) {
    super();
    this.#client = client;
  }

  get state(): FormState {
    const mounted = [...this.members.values()].filter(({ frame }) => frame !== null);
    return formState(
      mounted.map(({ state }) => state),
      this.#optional,
    );
  }

  /** In the order of the page. */
  override get all(): readonly CollectFrame[] {
    return inPageOrder(super.all);
  }

  /** Inserts a frame for fields that exist and are in no other. */
  open(request: CollectFrameRequest): Promise<void> {
    const frame = new CollectFrame(this.#client, request, this);
    for (const field of this.of(frame)) field.frame = frame;
    return this.follow(frame);
  }

  begun(states: readonly FieldState[], optional: readonly string[]): void {
    for (const name of optional) this.#optional.add(name);
    for (const state of states) this.members.get(state.name)?.accept(state);
  }

  changed(states: readonly FieldState[]): void {
    for (const state of states) {
      const field = this.members.get(state.name);
      if (field?.accept(state) === true) field.channels.change.emit(state);
    }
    this.publish();
  }

  signal(name: string, type: SignalType): void {
    const payload = { field: name };
    this.members.get(name)?.channels[type].emit(payload);
    this.channels[type].emit(payload);
  }

  protected override publish(): void {
    const { state } = this;
    if (sameState(state, this.#last)) return;
    this.#last = state;
    this.channels.change.emit(state);
  }

  protected override leave(fields: readonly Field[]): void {
    for (const field of fields) field.leave();
  }
}
