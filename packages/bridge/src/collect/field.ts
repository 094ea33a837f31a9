import type { Appearance, CloisterError, FieldState } from '@cloister/protocol';
import { insist } from '../errors.js';
import { channel, listening, type Channels } from '../events/channels.js';
import { Member } from '../group/member.js';
import type { Target } from '../target.js';
import type { CollectField, FieldEvents, FieldMountOptions, FieldTexts, FieldUpdate } from './collect-api.js';
import type { CollectFrame } from './collect-frame.js';
import { blankState, sameState } from './form-state.js';
import { wireTexts } from './looks.js';

/** What a field needs of its form. */
export interface FieldOwner {
  mountAlone(field: Field, target: Target, options: FieldMountOptions): Promise<void>;
  unmountAlone(frame: CollectFrame): void;
  /** Tells the frame of a field about its new words or looks. */
  refresh(field: Field, changes: FieldUpdate): void;
  /** Calls a frame; a failure becomes an `error` event. */
  tell(field: Field, call: (frame: CollectFrame) => Promise<unknown>): void;
  forget(name: string): void;
}

/** A field of a form; the form moves it in and out of frames. */
export class Field extends Member<CollectFrame, FieldState> implements CollectField {
  readonly name: string;
  readonly channels: Channels<FieldEvents> = {
    ready: channel(),
    change: channel(),
    focus: channel(),
    blur: channel(),
    enter: channel(),
    escape: channel(),
    error: channel(),
  };
  readonly on = listening(this.channels);
  readonly #owner: FieldOwner;
  #texts: FieldTexts = {};
  #appearance: Appearance | undefined;
  #state: FieldState;

  constructor(name: string, owner: FieldOwner) {
    super(name, owner);
    this.name = name;
    this.#owner = owner;
    this.#state = blankState(name);
  }

  get state(): FieldState {
    return this.#state;
  }

  get texts(): FieldTexts {
    return this.#texts;
  }

  get appearance(): Appearance | undefined {
    return this.#appearance;
  }

  get label(): string {
    return this.#texts.label ?? this.name;
  }

  mount(target: Target, options: FieldMountOptions = {}): Promise<void> {
    return this.#owner.mountAlone(this, target, options);
  }

  update(changes: FieldUpdate): void {
    const { appearance, ...texts } = changes;
    insist(appearance === undefined || this.alone, 'it shares its frame: ask the form or view');
    this.adopt(texts);
    if (appearance !== undefined) this.#appearance = appearance;
    this.#owner.refresh(this, changes);
  }

  focus(): void {
    this.#owner.tell(this, (frame) => frame.ask((calls) => calls.focus({ field: this.name })));
  }

  blur(): void {
    this.#owner.tell(this, (frame) => frame.ask((calls) => calls.blur({})));
  }

  clear(): void {
    this.#owner.tell(this, (frame) => frame.ask((calls) => calls.clear({ field: this.name })));
  }

  /** Takes words over. @throws TypeError when they are not texts. */
  adopt(texts: FieldTexts): void {
    const next = { ...this.#texts, ...texts };
    wireTexts(this.name, next);
    this.#texts = next;
  }

  /** Leaves a frame, and with it what was typed. */
  leave(): void {
    this.frame = null;
    this.#state = blankState(this.name);
  }

  /** Takes over what the frame said; answers whether that was new. */
  accept(state: FieldState): boolean {
    if (sameState(state, this.#state)) return false;
    this.#state = state;
    return true;
  }

  fail(error: CloisterError): void {
    this.channels.error.emit(error);
  }
}
