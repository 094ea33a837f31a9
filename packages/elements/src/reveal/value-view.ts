import type { ErrorCode, RevealSlot, RevealTexts, SlotState } from '@cloister/protocol';
import { listen } from '../connection/listen.js';
import { element } from '../view/element.js';
import { copyOut } from './clipboard.js';

/** How much of a value's place must be seen for it to stay, and for its button to work (A47). */
const MOST = 0.5;
const WHOLE = 0.95;
/** Milliseconds that a value waits to be seen before it is given up: a page may still be fading in. */
const PATIENCE = 1000;
/** Milliseconds that value and button have been seen before a press counts. */
const RIPENING = 500;

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
  /** What must be seen. */
  readonly place: Element;
  readonly state: () => SlotState;
  /** How much of the place people see. */
  readonly see: (share: number) => void;
  /** Shows a value once its place is seen; answers why it did not. */
  readonly show: (shown: ShownValue) => Promise<ErrorCode | undefined>;
  readonly hide: (code?: ErrorCode) => void;
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
  readonly row: HTMLElement;
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
  return { root, row, value, spoken, button };
}

class Value implements ValueView {
  readonly root: HTMLElement;
  readonly place: Element;
  readonly #slot: RevealSlot;
  readonly #parts: Parts;
  readonly #listener: ValueListener;
  #texts: RevealTexts;
  #status: SlotState['status'] = 'hidden';
  #code: ErrorCode | undefined;
  #clipboard = '';
  #share = 0;
  #seen: ((code?: ErrorCode) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ripening: ReturnType<typeof setTimeout> | undefined;

  constructor(context: { readonly slot: RevealSlot; readonly texts: RevealTexts; readonly listener: ValueListener }) {
    this.#slot = context.slot;
    this.#texts = context.texts;
    this.#listener = context.listener;
    this.#parts = build(context.slot);
    this.root = this.#parts.root;
    this.place = this.#parts.row;
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

  readonly see = (share: number): void => {
    this.#share = share;
    if (share >= MOST) this.#seen?.();
    else if (this.#status === 'shown') this.hide('hidden');
    this.#ripen();
  };

  async show(shown: ShownValue): Promise<ErrorCode | undefined> {
    this.#seen?.('hidden');
    const code = await this.#inSight();
    if (code === undefined) {
      this.#forget();
      this.#clipboard = shown.value;
      this.#render(shown.text, 'shown', code);
      this.#timer = setTimeout(() => {
        this.hide();
      }, this.#slot.hideAfter * 1000);
    } else this.fail(code);
    return code;
  }

  hide(code?: ErrorCode): void {
    this.#seen?.('hidden');
    if (this.#status !== 'shown') return;
    this.#forget();
    this.#render('', 'hidden', code);
  }

  fail(code: ErrorCode): void {
    this.#forget();
    this.#render('', 'failed', code);
  }

  #inSight(): Promise<ErrorCode | undefined> {
    return new Promise((resolve) => {
      this.#seen = resolve;
      if (this.#share >= MOST) resolve(undefined);
      else setTimeout(resolve, PATIENCE, 'hidden');
    });
  }

  /** Whoever presses must have had the time to see what: the button counts anew whenever something changes. */
  #ripen(): void {
    const { button } = this.#parts;
    if (button === undefined) return;
    clearTimeout(this.#ripening);
    button.disabled = true;
    if (this.#clipboard !== '' && this.#share >= WHOLE)
      this.#ripening = setTimeout(() => {
        button.disabled = false;
      }, RIPENING);
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
    if (button !== undefined) button.textContent = this.#texts.copy;
    this.#ripen();
    if (changed) this.#listener.changed();
  }

  /** Only ever by a press of the button, in a frame that configuration and page allowed `clipboard-write`. */
  async #copy(): Promise<void> {
    const { button, spoken } = this.#parts;
    if (this.#status !== 'shown' || button === undefined) return;
    try {
      await copyOut(this.#clipboard);
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
