import { FIELD_DEFINITIONS, isSettled, isUndecided, revision, submitValue } from '@cloister/fields';
import {
  CodedError,
  type CardBrand,
  type CollectionConfig,
  type CollectDrawing,
  type CollectUpdate,
  type FieldState,
} from '@cloister/protocol';
import { element, rows } from '../view/element.js';
import type { HelpMarkup } from '../view/help-markup.js';
import { createFieldSlot, type FieldSlot, type SlotListener } from './field-slot.js';

/** What a form tells the frame around it. */
export interface FormListener {
  readonly changed: (states: readonly FieldState[]) => void;
  readonly signal: (field: string, type: 'focus' | 'blur' | 'enter' | 'escape') => void;
  readonly brand: (brand: CardBrand | undefined) => void;
  readonly now: () => number;
  readonly helpMarkup: HelpMarkup;
}

/** The fields of one frame. */
export interface CollectForm {
  readonly root: HTMLElement;
  readonly names: readonly string[];
  /** Fields that the configuration lets be empty. */
  readonly optional: readonly string[];
  readonly states: () => readonly FieldState[];
  readonly update: (update: Pick<CollectUpdate, 'texts' | 'messages'>) => void;
  readonly focus: (field: string) => void;
  readonly blur: () => void;
  readonly clear: (field: string | undefined) => void;
  /** Clears what may not be kept once it is stored. */
  readonly forget: () => void;
  /** Whether the shopper may just have left a field, so that its verdict may be near. */
  readonly leaving: () => boolean;
  readonly validate: () => readonly FieldState[];
  /** The number of this form, in another frame, changed its brand. */
  readonly setBrand: (brand: CardBrand | undefined) => void;
  /** The brand of this frame's number, when it has one. */
  readonly brand: () => CardBrand | undefined;
  /** Canonical values by field, or `undefined` while something is missing; shows what that is. */
  readonly gather: () => Readonly<Record<string, string>> | undefined;
  /** Grows with every edit of any field. */
  readonly revision: () => number;
  readonly destroy: () => void;
}

/** Collects the changes of one task into one message, in the order of the fields. */
function batch(publish: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      publish();
    });
  };
}

function checkFields(setup: CollectDrawing, collection: CollectionConfig): readonly string[] {
  const names = setup.layout.flat();
  for (const [index, field] of names.entries()) {
    if (!Object.hasOwn(collection, field) || names.indexOf(field) !== index) throw new CodedError('field');
  }
  return names;
}

interface FormContext {
  readonly setup: CollectDrawing;
  readonly collection: CollectionConfig;
  readonly listener: FormListener;
}

class Form implements CollectForm {
  readonly root: HTMLElement;
  readonly names: readonly string[];
  readonly optional: readonly string[];
  readonly #slots = new Map<string, FieldSlot>();
  readonly #published = new Map<string, string>();
  readonly #listener: FormListener;
  #brand: CardBrand | undefined;

  constructor({ setup, collection, listener }: FormContext) {
    this.names = checkFields(setup, collection);
    this.optional = this.names.filter((name) => collection[name]?.optional === true);
    this.#listener = listener;
    const publish = batch(() => {
      this.#publish();
    });
    for (const name of this.names) {
      const config = collection[name];
      if (config === undefined) throw new CodedError('field');
      this.#slots.set(name, createFieldSlot({ name, config }, this.#slotListener(name, publish)));
    }
    this.root = rows(setup.layout, (name) => this.#slots.get(name)?.root ?? element('div', 'field'));
    this.update(setup);
    for (const state of this.states()) this.#published.set(state.name, JSON.stringify(state));
  }

  #slotListener(name: string, changed: () => void): SlotListener {
    const { now, helpMarkup, signal } = this.#listener;
    return {
      changed,
      now,
      helpMarkup,
      signal: (type) => {
        signal(name, type);
      },
      brand: (brand) => {
        this.#brand = brand;
        this.#tellBrand(brand, name);
        this.#listener.brand(brand);
      },
    };
  }

  #tellBrand(brand: CardBrand | undefined, except: string | undefined): void {
    for (const [name, slot] of this.#slots) if (name !== except) slot.dispatch({ type: 'brand', brand });
  }

  /** Only states that differ from what the page was told last. */
  #publish(): void {
    const changed = this.states().filter((state) => {
      const text = JSON.stringify(state);
      if (this.#published.get(state.name) === text) return false;
      this.#published.set(state.name, text);
      return true;
    });
    if (changed.length > 0) this.#listener.changed(changed);
  }

  #all(): readonly FieldSlot[] {
    return [...this.#slots.values()];
  }

  #slot(field: string): FieldSlot {
    const slot = this.#slots.get(field);
    if (slot === undefined) throw new CodedError('field');
    return slot;
  }

  states(): readonly FieldState[] {
    return this.#all().map((slot) => slot.state());
  }

  update({ texts, messages }: Pick<CollectUpdate, 'texts' | 'messages'>): void {
    for (const [field, words] of Object.entries(texts ?? {})) this.#slot(field).setTexts(words);
    if (messages !== undefined) for (const slot of this.#all()) slot.setMessages(messages);
  }

  focus(field: string): void {
    this.#slot(field).focus();
  }

  blur(): void {
    for (const slot of this.#all()) slot.blur();
  }

  clear(field: string | undefined): void {
    for (const slot of field === undefined ? this.#all() : [this.#slot(field)]) slot.dispatch({ type: 'cleared' });
  }

  forget(): void {
    for (const slot of this.#all())
      if (FIELD_DEFINITIONS[slot.model().setup.type].dataClass === 'sad') slot.dispatch({ type: 'cleared' });
  }

  leaving(): boolean {
    return this.#all().some((slot) => isUndecided(slot.model()));
  }

  validate(): readonly FieldState[] {
    for (const slot of this.#all()) slot.dispatch({ type: 'validated', now: this.#listener.now() });
    return this.states();
  }

  setBrand(brand: CardBrand | undefined): void {
    this.#tellBrand(brand, undefined);
  }

  brand(): CardBrand | undefined {
    return this.#brand;
  }

  gather(): Readonly<Record<string, string>> | undefined {
    this.validate();
    const values: Record<string, string> = {};
    for (const [name, slot] of this.#slots) {
      if (!isSettled(slot.model())) return undefined;
      const value = submitValue(slot.model(), this.#listener.now());
      if (value !== undefined) values[name] = value.expose();
    }
    return values;
  }

  revision(): number {
    return this.#all().reduce((sum, slot) => sum + revision(slot.model()), 0);
  }

  destroy(): void {
    for (const slot of this.#all()) slot.destroy();
    this.#slots.clear();
    this.root.remove();
  }
}

/**
 * Builds the fields that the page asked for, out of the collection that our configuration has.
 *
 * @throws CodedError `field` when a field is not in the collection or stands twice in the layout.
 */
export function createCollectForm(context: FormContext): CollectForm {
  return new Form(context);
}
