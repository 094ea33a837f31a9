import {
  CloisterError,
  name as fieldName,
  type Collected,
  type CollectUpdate,
  type FieldState,
} from '@cloister/protocol';
import { mergeAppearance } from '../appearance.js';
import type { Client } from '../client.js';
import { lostLink } from '../coordinator/lost-link.js';
import { coded, demand, fitting, insist } from '../errors.js';
import { listening } from '../events/channels.js';
import { directionOf } from '../locale.js';
import { labelsOf } from '../group/frame-group.js';
import { FRAME_TITLES } from '../messages/en.js';
import { randomId } from '../random-id.js';
import { resolveTarget, type Target } from '../target.js';
import type {
  CollectField,
  CollectForm,
  CollectOptions,
  FieldMountOptions,
  FieldTexts,
  FieldUpdate,
  FormMountOptions,
  FormState,
  FormUpdate,
} from './collect-api.js';
import type { CollectFrame } from './collect-frame.js';
import { Field, type FieldOwner } from './field.js';
import { FormFrames } from './form-frames.js';
import { isSettled } from './form-state.js';
import { mergeLook, wireLook, wireTexts } from './looks.js';
import { submitFrames } from './submit.js';

interface Opening {
  readonly layout: readonly (readonly string[])[];
  readonly title: string | undefined;
}

/** A form: what the integrator calls. */
export class Form implements CollectForm, FieldOwner {
  readonly collection: string;
  readonly on: CollectForm['on'];
  readonly #client: Client;
  readonly #frames: FormFrames;
  readonly #id = randomId();
  readonly #gone: () => void;
  #look: CollectOptions;
  #submitting = false;
  #destroyed = false;

  constructor(client: Client, collection: string, options: CollectOptions & { readonly gone: () => void }) {
    const { gone, ...look } = options;
    this.collection = demand(fieldName, collection, 'collection');
    this.#client = client;
    this.#gone = gone;
    this.#look = mergeLook(client.look, look);
    wireLook(this.#look);
    this.#frames = new FormFrames(client);
    this.on = listening(this.#frames.channels);
  }

  get state(): FormState {
    return this.#frames.state;
  }

  field(name: string, texts: FieldTexts = {}): CollectField {
    const field = this.#field(name);
    field.update(texts);
    return field;
  }

  mount(target: Target, { layout, texts = {}, title }: FormMountOptions): Promise<void> {
    insist(Array.isArray(layout), 'layout is a list of rows');
    if (!this.#destroyed) for (const [name, words] of Object.entries(texts)) this.#field(name).adopt(words);
    return this.#open(target, { layout, title });
  }

  async validate(): Promise<FormState> {
    await this.#validate();
    return this.state;
  }

  submit(): Promise<Collected> {
    if (this.#submitting) return Promise.reject(new CloisterError('busy'));
    this.#submitting = true;
    return this.#submit().finally(() => {
      this.#submitting = false;
    });
  }

  reset(): void {
    for (const frame of this.#frames.all)
      this.#frames.attempt(
        frame,
        frame.ask((calls) => calls.clear({})),
      );
  }

  update({ texts = {}, ...look }: FormUpdate): void {
    const next = mergeLook(this.#look, look);
    wireLook(next);
    for (const [name, words] of Object.entries(texts)) this.#field(name).adopt(words);
    // All of them before the first is sent, for one that is too long must not leave half of the frames changed.
    const changes = this.#frames.all.map((frame) => {
      const named = frame.names.filter((name) => Object.hasOwn(texts, name));
      return { frame, change: fitting({ ...this.#lookOf(frame.names, next), texts: this.#textsOf(named) }) };
    });
    this.#look = next;
    for (const { frame, change } of changes) this.#frames.attempt(frame, frame.update(change));
  }

  unmount(): void {
    for (const frame of this.#frames.all) this.#frames.release(frame, 'unmounted');
  }

  destroy(): void {
    this.#destroyed = true;
    this.#frames.destroy();
    this.#gone();
  }

  mountAlone(field: Field, target: Target, { title }: FieldMountOptions): Promise<void> {
    if (this.#frames.members.get(field.name) !== field) return Promise.reject(new CloisterError('destroyed'));
    return this.#open(target, { layout: [[field.name]], title });
  }

  unmountAlone(frame: CollectFrame): void {
    this.#frames.release(frame, 'unmounted');
  }

  refresh(field: Field, changes: FieldUpdate): void {
    const { frame } = field;
    if (frame === null || Object.keys(changes).length === 0) return;
    const looks = changes.appearance === undefined ? {} : this.#lookOf(frame.names);
    this.#frames.attempt(frame, frame.update(fitting({ ...looks, texts: this.#textsOf([field.name]) })));
  }

  tell(field: Field, call: (frame: CollectFrame) => Promise<unknown>): void {
    if (field.frame === null) field.fail(new CloisterError('unmounted'));
    else this.#frames.attempt(field.frame, call(field.frame));
  }

  forget(name: string): void {
    this.#frames.members.delete(name);
  }

  #field(name: string): Field {
    this.#alive();
    const known = this.#frames.members.get(name);
    if (known !== undefined) return known;
    const field = new Field(demand(fieldName, name, 'field'), this);
    this.#frames.members.set(name, field);
    return field;
  }

  #open(target: Target, { layout, title }: Opening): Promise<void> {
    if (this.#destroyed) return Promise.reject(new CloisterError('destroyed'));
    this.#frames.sweep();
    const parent = resolveTarget(target);
    const fields = layout.flat().map((name) => this.#field(name));
    const labels = labelsOf(fields);
    const names = fields.map(({ name }) => name);
    const drawing = fitting({
      collection: this.collection,
      layout,
      texts: this.#textsOf(names),
      ...this.#lookOf(names),
      direction: directionOf(parent),
    });
    return this.#frames.open({
      parent,
      title: title ?? `${FRAME_TITLES.collect}: ${labels}`,
      form: this.#id,
      drawing,
    });
  }

  async #validate(): Promise<readonly FieldState[]> {
    this.#alive();
    this.#frames.sweep();
    const frames = this.#frames.all;
    if (frames.length === 0) throw new CloisterError('unmounted');
    const answers = await Promise.all(frames.map((frame) => frame.ask((calls) => calls.validate({}))));
    const states = answers.flatMap(({ fields }) => fields);
    this.#frames.changed(states);
    return states;
  }

  async #submit(): Promise<Collected> {
    try {
      this.#frames.sweep();
      // Frames check what they hand over. They are asked first only when something is wrong, or was when their news came late.
      for (let known = this.state.complete; ; known = false) {
        const wrong = !known && (await this.#validate()).find((state) => !isSettled(state));
        if (wrong) {
          this.#field(wrong.name).focus();
          throw new CloisterError('invalid');
        }
        try {
          return await submitFrames(this.#client, {
            form: this.#id,
            collection: this.collection,
            frames: this.#frames.all,
          });
        } catch (error) {
          if (!known || coded(error).code !== 'invalid') throw error;
        }
      }
    } catch (error) {
      throw this.#destroyed ? new CloisterError('destroyed') : lostLink(coded(error));
    }
  }

  #lookOf(
    names: readonly string[],
    look = this.#look,
  ): Required<Pick<CollectUpdate, 'appearance' | 'messages' | 'locale'>> {
    const [first, ...others] = names;
    const own = first === undefined || others.length > 0 ? undefined : this.#field(first).appearance;
    return wireLook({ ...look, appearance: mergeAppearance(look.appearance, own) });
  }

  #textsOf(names: readonly string[]): NonNullable<CollectUpdate['texts']> {
    return Object.fromEntries(names.map((name) => [name, wireTexts(name, this.#field(name).texts)]));
  }

  #alive(): void {
    if (this.#destroyed) throw new CloisterError('destroyed');
  }
}
