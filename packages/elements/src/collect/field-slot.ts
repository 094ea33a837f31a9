import {
  initialModel,
  publicState,
  reduce,
  type FieldEffect,
  type FieldEvent,
  type FieldModel,
} from '@cloister/fields';
import type { CardBrand, FieldConfig, FieldErrorCode, FieldState, FieldTexts } from '@cloister/protocol';
import { BRAND_NAMES } from '../view/brand-names.js';
import { createFieldView, type FieldKey, type FieldView } from '../view/field-view.js';
import type { HelpMarkup } from '../view/help-markup.js';

/** What one field tells the form around it. */
export interface SlotListener {
  /** The public state changed. */
  readonly changed: () => void;
  readonly signal: (type: FieldKey | 'focus' | 'blur') => void;
  /** The number's brand changed; private to our origin. */
  readonly brand: (brand: CardBrand | undefined) => void;
  readonly now: () => number;
  readonly helpMarkup: HelpMarkup;
}

/** One field: its model, its view, and the effects that go from one to the other. */
export interface FieldSlot {
  readonly root: HTMLElement;
  readonly model: () => FieldModel;
  readonly state: () => FieldState;
  readonly dispatch: (event: FieldEvent) => void;
  readonly setTexts: (texts: FieldTexts) => void;
  /** Words by code, for the error that is shown now and for later ones. */
  readonly setMessages: (messages: Readonly<Record<string, string>>) => void;
  readonly focus: () => void;
  readonly blur: () => void;
  readonly destroy: () => void;
}

interface SlotSetup {
  readonly name: string;
  readonly config: FieldConfig;
}

class Slot implements FieldSlot {
  readonly root: HTMLElement;
  readonly #view: FieldView;
  readonly #listener: SlotListener;
  #model: FieldModel;
  #messages: Readonly<Record<string, string>> = {};
  #shown: FieldErrorCode | undefined;
  #help: FieldTexts['help'];

  constructor({ name, config }: SlotSetup, listener: SlotListener) {
    this.#listener = listener;
    this.#model = initialModel({ name, type: config.type, optional: config.optional, disclose: config.disclose });
    this.#view = createFieldView(config, {
      now: listener.now,
      key: listener.signal,
      event: (event) => {
        this.dispatch(event);
        if (event.type === 'focused') listener.signal('focus');
        if (event.type === 'blurred') listener.signal('blur');
      },
    });
    this.root = this.#view.root;
  }

  model(): FieldModel {
    return this.#model;
  }

  state(): FieldState {
    return publicState(this.#model);
  }

  dispatch(event: FieldEvent): void {
    const next = reduce(this.#model, event);
    this.#model = next.model;
    for (const effect of next.effects) this.#run(effect);
  }

  #run(effect: FieldEffect): void {
    switch (effect.type) {
      case 'render':
        this.#view.render(effect.text, effect.selection);
        return;
      case 'publish':
        this.#view.input.dataset['status'] = this.state().status;
        this.#listener.changed();
        return;
      case 'brand':
        if (this.#view.icon !== undefined)
          this.#view.icon.textContent = effect.brand === undefined ? '' : BRAND_NAMES[effect.brand];
        this.#listener.brand(effect.brand);
        return;
      case 'error':
        this.#shown = effect.error;
        this.#showError();
    }
  }

  #showError(): void {
    const { error, input } = this.#view;
    error.textContent = this.#shown === undefined ? '' : (this.#messages[this.#shown] ?? this.#shown);
    input.setAttribute('aria-invalid', String(this.#shown !== undefined));
  }

  setTexts({ label, placeholder, help }: FieldTexts): void {
    const view = this.#view;
    if (label !== undefined) view.label.textContent = label;
    if (placeholder !== undefined) view.input.placeholder = placeholder;
    if (help === undefined) return;
    this.#help = help;
    if (help.markup === undefined) view.help.textContent = help.text ?? '';
    else void this.#setMarkup(help, help.markup);
  }

  /** Fails closed: without a sanitiser there is no help text. */
  async #setMarkup(help: FieldTexts['help'], markup: string): Promise<void> {
    const nodes = await this.#listener.helpMarkup(markup).catch(() => '');
    // The page may have said something newer while the sanitiser loaded.
    if (this.#help === help) this.#view.help.replaceChildren(nodes);
  }

  setMessages(messages: Readonly<Record<string, string>>): void {
    this.#messages = messages;
    this.#showError();
  }

  focus(): void {
    this.#view.input.focus();
  }

  blur(): void {
    this.#view.input.blur();
  }

  destroy(): void {
    this.#view.destroy();
  }
}

/** Creates a field from its configuration. */
export function createFieldSlot(setup: SlotSetup, listener: SlotListener): FieldSlot {
  return new Slot(setup, listener);
}
