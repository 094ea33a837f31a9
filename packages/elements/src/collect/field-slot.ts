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
import { createFieldView, type FieldKey } from '../view/field-view.js';
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

/** Creates a field from its configuration. */
export function createFieldSlot({ name, config }: SlotSetup, listener: SlotListener): FieldSlot {
  let model = initialModel({ name, type: config.type, optional: config.optional, disclose: config.disclose });
  let messages: Readonly<Record<string, string>> = {};
  let shown: FieldErrorCode | undefined;
  const view = createFieldView(config, {
    now: listener.now,
    key: listener.signal,
    event: (event) => {
      dispatch(event);
      if (event.type === 'focused') listener.signal('focus');
      if (event.type === 'blurred') listener.signal('blur');
    },
  });

  const showError = (): void => {
    view.error.textContent = shown === undefined ? '' : (messages[shown] ?? shown);
    view.input.setAttribute('aria-invalid', String(shown !== undefined));
  };

  const run = (effect: FieldEffect): void => {
    switch (effect.type) {
      case 'render':
        view.render(effect.text, effect.selection);
        return;
      case 'publish':
        view.input.dataset['status'] = publicState(model).status;
        listener.changed();
        return;
      case 'brand':
        if (view.icon !== undefined)
          view.icon.textContent = effect.brand === undefined ? '' : BRAND_NAMES[effect.brand];
        listener.brand(effect.brand);
        return;
      case 'error':
        shown = effect.error;
        showError();
    }
  };

  const dispatch = (event: FieldEvent): void => {
    const next = reduce(model, event);
    model = next.model;
    for (const effect of next.effects) run(effect);
  };

  const setTexts = (texts: FieldTexts): void => {
    if (texts.label !== undefined) view.label.textContent = texts.label;
    if (texts.placeholder !== undefined) view.input.placeholder = texts.placeholder;
    if (texts.help?.text !== undefined) view.help.textContent = texts.help.text;
    if (texts.help?.markup !== undefined) {
      void listener.helpMarkup(texts.help.markup).then(
        (nodes) => {
          view.help.replaceChildren(nodes);
        },
        () => {
          // Fails closed: without a sanitiser there is no help text.
          view.help.textContent = '';
        },
      );
    }
  };

  return {
    root: view.root,
    model: () => model,
    state: () => publicState(model),
    dispatch,
    setTexts,
    setMessages: (next) => {
      messages = next;
      showError();
    },
    focus: () => {
      view.input.focus();
    },
    blur: () => {
      view.input.blur();
    },
    destroy: view.destroy,
  };
}
