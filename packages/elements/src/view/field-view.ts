import { FIELD_DEFINITIONS, type FieldEvent, type FieldModel } from '@cloister/fields';
import type { FieldConfig } from '@cloister/protocol';
import { listen } from '../connection/listen.js';
import { editKind } from './edit-kind.js';
import { element } from './element.js';

/** A caret or a selection in an input, in UTF-16 code units. */
type Selection = FieldModel['selection'];

/** Keys that mean something to the page. */
export type FieldKey = 'enter' | 'escape';

/** What the view tells the form. */
export interface FieldListener {
  readonly event: (event: FieldEvent) => void;
  readonly key: (key: FieldKey) => void;
  readonly now: () => number;
}

/** The elements of a field; texts are filled in by whoever knows them. */
interface Parts {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  readonly label: HTMLElement;
  readonly help: HTMLElement;
  readonly error: HTMLElement;
  readonly icon: HTMLElement | undefined;
}

/** One field on screen: the only code that touches its input. */
export interface FieldView extends Parts {
  readonly render: (text: string, selection: Selection) => void;
  readonly destroy: () => void;
}

let created = 0;

/** Ids are counted, never named by the page (A40); texts are filled in later, as text. */
function build(config: FieldConfig): Parts {
  const definition = FIELD_DEFINITIONS[config.type];
  created += 1;
  const id = `field-${String(created)}`;
  const digits = definition.inputMode === 'numeric';
  const withIcon = config.type === 'card-number';
  const input = element('input', `input${digits ? ' digits' : ''}${withIcon ? ' with-icon' : ''}`, {
    id,
    type: 'text',
    autocomplete: definition.autocomplete,
    inputmode: definition.inputMode,
    maxlength: String(definition.maxLength),
    dir: definition.direction,
    autocapitalize: config.type === 'person-name' ? 'words' : 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    translate: 'no',
    writingsuggestions: 'false',
    enterkeyhint: 'go',
    'aria-describedby': `${id}-help ${id}-error`,
    'aria-required': String(!config.optional),
    'aria-invalid': 'false',
  });
  const label = element('label', 'label', { for: id });
  const help = element('p', 'help', { id: `${id}-help` });
  const error = element('p', 'error', { id: `${id}-error`, 'aria-live': 'polite' });
  const icon = withIcon ? element('span', 'icon', { 'aria-hidden': 'true' }) : undefined;
  const box = element('span', 'box');
  box.append(input, ...(icon === undefined ? [] : [icon]));
  const root = element('div', 'field');
  root.append(label, box, help, error);
  return { root, input, label, help, error, icon };
}

const sameSelection = (one: Selection, other: Selection): boolean => one.start === other.start && one.end === other.end;

const selectionOf = (input: HTMLInputElement): Selection => ({
  start: input.selectionStart ?? input.value.length,
  end: input.selectionEnd ?? input.value.length,
});

/** Undo and redo as people press them: Ctrl/Cmd+Z, Ctrl/Cmd+Shift+Z, Ctrl+Y. */
function historyKey(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && event.ctrlKey ? 'redo' : undefined;
}

function onKey(event: KeyboardEvent, listener: FieldListener): void {
  const history = historyKey(event);
  if (history !== undefined) {
    // The browser's own history does not know our formatting; the model keeps one that does.
    event.preventDefault();
    listener.event({ type: history, now: listener.now() });
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    listener.event({ type: 'settled', now: listener.now() });
    listener.key('enter');
  } else if (event.key === 'Escape') listener.key('escape');
}

/** The browser's own undo and redo, from a menu or a gesture; answers whether it was that. */
function onHistory(event: InputEvent, listener: FieldListener): boolean {
  const undo = event.inputType === 'historyUndo';
  if (!undo && event.inputType !== 'historyRedo') return false;
  event.preventDefault();
  listener.event({ type: undo ? 'undo' : 'redo', now: listener.now() });
  return true;
}

/**
 * Browsers write what stands in inputs to their profile, to bring it back after a crash or a restart, unless it is said
 * that nothing there should be kept (HTML §4.10.18.7.1, "off"). An input that is empty says what may be filled in; one that is
 * not says that (A60).
 */
function keepOffDisk(input: HTMLInputElement, autocomplete: string): void {
  const wanted = input.value === '' ? autocomplete : 'off';
  // Setting what is there already has the browser look at the whole form again, at every key.
  if (input.getAttribute('autocomplete') !== wanted) input.setAttribute('autocomplete', wanted);
}

/** What an input showed when the model last heard of it. */
interface Known {
  selection: Selection;
}

interface Observed {
  readonly input: HTMLInputElement;
  readonly listener: FieldListener;
  readonly known: Known;
  /** Runs after each edit. */
  readonly edited: () => void;
}

/** Listens to what a person does in the input and tells it as field events. */
function observe({ input, listener, known, edited }: Observed): readonly (() => void)[] {
  const edit = (): { readonly text: string; readonly selection: Selection; readonly now: number } => {
    known.selection = selectionOf(input);
    return { text: input.value, selection: known.selection, now: listener.now() };
  };
  return [
    listen(input, 'beforeinput', (event) => {
      if (onHistory(event, listener)) return;
      const selection = selectionOf(input);
      // Who types on has not moved the caret.
      if (!sameSelection(selection, known.selection)) listener.event({ type: 'selected', selection });
    }),
    listen(input, 'input', (event) => {
      listener.event({ type: 'edited', kind: editKind(event), ...edit() });
      edited();
    }),
    listen(input, 'compositionstart', () => {
      listener.event({ type: 'composition-start' });
    }),
    listen(input, 'compositionend', () => {
      listener.event({ type: 'composition-end', ...edit() });
    }),
  ];
}

/** Whoever stays away this long, in milliseconds, has left, however he went. */
export const AWAY = 1000;

/**
 * Tells when the focus comes and goes, and when the shopper has left. Tab in the input and a pointer elsewhere in this
 * document are his own. Anything else may be the page, which could take the focus between two keys and give it back: then
 * it must keep it for so long that he sees his keys go astray (A52).
 */
function observeFocus(input: HTMLInputElement, listener: FieldListener): readonly (() => void)[] {
  let own = false;
  let away: ReturnType<typeof setTimeout> | undefined;
  const note = ({ target, key }: { readonly target: EventTarget | null; readonly key?: string }): void => {
    own = target !== input || key === 'Tab';
  };
  const left = (): void => {
    listener.event({ type: 'settled', now: listener.now() });
  };
  return [
    listen(document, 'pointerdown', note),
    listen(input, 'keydown', (event) => {
      note(event);
      onKey(event, listener);
    }),
    listen(input, 'focus', () => {
      clearTimeout(away);
      own = false;
      listener.event({ type: 'focused' });
    }),
    listen(input, 'blur', () => {
      listener.event({ type: 'blurred', now: listener.now() });
      if (own) left();
      else away = setTimeout(left, AWAY);
    }),
    () => {
      clearTimeout(away);
    },
  ];
}

/** Cardholder data does not leave by copy, cut or drag (A53, A54). */
function keepInside(input: HTMLInputElement): readonly (() => void)[] {
  const refuse = (event: Event): void => {
    event.preventDefault();
  };
  return [listen(input, 'copy', refuse), listen(input, 'cut', refuse), listen(input, 'dragstart', refuse)];
}

/** Creates a field's elements and wires them to a listener. */
export function createFieldView(config: FieldConfig, listener: FieldListener): FieldView {
  const parts = build(config);
  const { input } = parts;
  const { autocomplete, dataClass } = FIELD_DEFINITIONS[config.type];
  const sensitive = dataClass === 'pan' || dataClass === 'sad';
  const kept = (): void => {
    keepOffDisk(input, autocomplete);
  };
  const known: Known = { selection: { start: 0, end: 0 } };
  const stops = [
    ...observe({ input, listener, known, edited: kept }),
    ...observeFocus(input, listener),
    ...(sensitive ? keepInside(input) : []),
  ];
  return {
    ...parts,
    render: (text, selection) => {
      // The property, never the attribute: attributes can be read by selectors (A35).
      if (input.value !== text) input.value = text;
      kept();
      // A new text has its caret at the end already (HTML §4.10.5.4), and to set one has the browser lay out.
      if (document.activeElement === input && !sameSelection(selectionOf(input), selection))
        input.setSelectionRange(selection.start, selection.end);
      known.selection = selection;
    },
    destroy: () => {
      for (const stop of stops) stop();
      input.value = '';
      parts.root.remove();
    },
  };
}
