import type { ErrorCode, RevealSlot, RevealTexts, SlotState } from '@cloister/protocol';
import { listen } from '../connection/listen.js';
import { element } from '../view/element.js';

/** What a value shows while it is hidden: always the same, whatever the value is. */
const PLACEHOLDER = '••••••••';

/** What stands on screen in place of a value. */
export interface ShownValue {
  readonly text: string;
  readonly value: string;
}

/** One value on screen. */
export interface ValueView {
  readonly root: HTMLElement;
  readonly state: () => SlotState;
  readonly show: (shown: ShownValue) => void;
  readonly hide: () => void;
  readonly fail: (code: ErrorCode) => void;
  readonly setTexts: (texts: RevealTexts) => void;
}

interface ValueListener {
  readonly changed: () => void;
  readonly copied: () => void;
}

let created = 0;

interface Parts {
  readonly root: HTMLElement;
  readonly value: HTMLElement;
  readonly spoken: HTMLElement;
  readonly button: HTMLButtonElement | undefined;
}

function build(slot: RevealSlot): Parts {
  created += 1;
  const id = `value-${String(created)}`;
  const label = element('span', 'label', { id });
  label.textContent = slot.label;
  const value = element('output', 'value', {
    'aria-labelledby': id,
    'data-status': 'hidden',
    dir: 'auto',
    translate: 'no',
  });
  const spoken = element('span', 'spoken', { 'aria-live': 'polite' });
  const button = slot.copy ? element('button', 'button', { type: 'button', 'aria-describedby': id }) : undefined;
  if (button !== undefined) button.disabled = true;
  const row = element('div', 'value-row');
  row.append(value, ...(button === undefined ? [] : [button]), spoken);
  const root = element('div', 'field');
  root.append(label, row);
  return { root, value, spoken, button };
}

class Value implements ValueView {
  readonly root: HTMLElement;
  readonly #slot: RevealSlot;
  readonly #parts: Parts;
  readonly #listener: ValueListener;
  #texts: RevealTexts;
  #status: SlotState['status'] = 'hidden';
  #code: ErrorCode | undefined;
  #clipboard = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: { readonly slot: RevealSlot; readonly texts: RevealTexts; readonly listener: ValueListener }) {
    this.#slot = context.slot;
    this.#texts = context.texts;
    this.#listener = context.listener;
    this.#parts = build(context.slot);
    this.root = this.#parts.root;
    const { button, value } = this.#parts;
    if (button !== undefined) {
      listen(button, 'click', () => {
        void this.#copy();
      });
    }
    // Selecting, copying and dragging a value out are not ways to get it; the button is (A53, A54).
    for (const type of ['copy', 'cut', 'dragstart'] as const) {
      listen(value, type, (event: Event) => {
        event.preventDefault();
      });
    }
    this.#render('', 'hidden', undefined);
  }

  state(): SlotState {
    const base = { slot: this.#slot.slot, status: this.#status };
    return this.#code === undefined ? base : { ...base, code: this.#code };
  }

  show(shown: ShownValue): void {
    clearTimeout(this.#timer);
    this.#clipboard = shown.value;
    this.#render(shown.text, 'shown', undefined);
    this.#timer = setTimeout(() => {
      this.hide();
    }, this.#slot.hideAfter * 1000);
  }

  hide(): void {
    if (this.#status !== 'shown') return;
    this.#forget();
    this.#render('', 'hidden', undefined);
  }

  fail(code: ErrorCode): void {
    this.#forget();
    this.#render('', 'failed', code);
  }

  setTexts(texts: RevealTexts): void {
    this.#texts = texts;
    if (this.#parts.button !== undefined) this.#parts.button.textContent = texts.copy;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#clipboard = '';
  }

  #render(text: string, status: SlotState['status'], code: ErrorCode | undefined): void {
    const { value, spoken, button } = this.#parts;
    const changed = this.#status !== status || this.#code !== code;
    this.#status = status;
    this.#code = code;
    value.textContent = status === 'shown' ? text : status === 'failed' ? this.#texts.failed : PLACEHOLDER;
    value.dataset['status'] = status;
    spoken.textContent = status === 'hidden' ? this.#texts.hidden : '';
    if (button !== undefined) {
      button.textContent = this.#texts.copy;
      button.disabled = status !== 'shown' || this.#clipboard === '';
    }
    if (changed) this.#listener.changed();
  }

  /** Only ever by a press of the button, in a frame that the page allowed `clipboard-write`. */
  async #copy(): Promise<void> {
    const { button, spoken } = this.#parts;
    if (this.#status !== 'shown' || button === undefined) return;
    try {
      await navigator.clipboard.writeText(this.#clipboard);
      button.textContent = this.#texts.copied;
      spoken.textContent = this.#texts.copied;
      this.#listener.copied();
    } catch {
      spoken.textContent = this.#texts.failed;
    }
  }
}

/** Creates the place for one value; hidden until the coordinator sends it. */
export function createValueView(context: {
  readonly slot: RevealSlot;
  readonly texts: RevealTexts;
  readonly listener: ValueListener;
}): ValueView {
  return new Value(context);
}
