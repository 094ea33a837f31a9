import type { Appearance, CloisterError, Collected, FieldErrorCode, FieldState, FieldStatus } from '@cloister/protocol';
import type { On } from '../events/channels.js';
import type { Target } from '../target.js';

/** Words of one field. Texts are shown as text. */
export interface FieldTexts {
  /** Default: the field's name. */
  readonly label?: string;
  readonly placeholder?: string;
  /** Text, or markup that the frame sanitises. */
  readonly help?: string | { readonly markup: string };
}

/** The words that a shopper reads when a field is not right, by code. Default: English. */
export type FieldMessages = Readonly<Partial<Record<FieldErrorCode, string>>>;

/** How a form looks and speaks; what is absent comes from the client. */
export interface CollectOptions {
  readonly appearance?: Appearance;
  readonly messages?: FieldMessages;
  /** BCP 47 tag, or `auto`: the page's `lang`, else the browser's language. */
  readonly locale?: string;
}

/** Changes to a form. Each member given replaces the one of before. */
export interface FormUpdate extends CollectOptions {
  readonly texts?: Readonly<Record<string, FieldTexts>>;
}

/** Changes to a field. `appearance` only where the field has a frame of its own. */
export interface FieldUpdate extends FieldTexts {
  readonly appearance?: Appearance;
}

/** How one frame for several fields is laid out. */
export interface FormMountOptions {
  /** Rows of field names, e.g. `[['number'], ['expiry', 'cvc']]`. */
  readonly layout: readonly (readonly string[])[];
  readonly texts?: Readonly<Record<string, FieldTexts>>;
  /** What a screen reader calls the frame. Default: "Secure input" and the labels. */
  readonly title?: string;
}

/** How a field is mounted into a frame of its own. */
export interface FieldMountOptions {
  /** What a screen reader calls the frame. Default: "Secure input" and the label. */
  readonly title?: string;
}

/** What the page knows of a form: the states of the fields that are mounted. */
export interface FormState {
  /** Whether every mounted field is valid, or optional and empty. `false` when none is mounted. */
  readonly complete: boolean;
  readonly fields: Readonly<Record<string, FieldState>>;
  /** The least finished status: `invalid` before `incomplete` before `empty` before `valid`. */
  readonly state: FieldStatus;
}

/** A key or a focus in one of the fields. */
export interface FieldSignal {
  readonly field: string;
}

/** Events of a field. */
export interface FieldEvents {
  /** It can be typed into. */
  readonly ready: FieldState;
  readonly change: FieldState;
  readonly focus: FieldSignal;
  readonly blur: FieldSignal;
  readonly enter: FieldSignal;
  readonly escape: FieldSignal;
  readonly error: CloisterError;
}

/** Events of a form. */
export interface FormEvents {
  /** All fields that were being mounted can be typed into. Comes again when more are mounted. */
  readonly ready: FormState;
  readonly change: FormState;
  readonly focus: FieldSignal;
  readonly blur: FieldSignal;
  readonly enter: FieldSignal;
  readonly escape: FieldSignal;
  readonly error: CloisterError;
}

/** One field of a form. */
export interface CollectField {
  readonly name: string;
  readonly state: FieldState;
  /**
   * Mounts the field in a frame of its own. Resolves when it can be typed into.
   *
   * @throws TypeError when the target is not in the document or the field is mounted.
   * @returns a promise that rejects with `csp`, `blocked`, `origin`, `timeout`, `version`, `unsupported`, `collection`,
   * `field`, `appearance`, or `unmounted` and `destroyed` when that came first.
   */
  mount(target: Target, options?: FieldMountOptions): Promise<void>;
  /** Changes words and looks. What the frame refuses comes as an `error` event. */
  update(changes: FieldUpdate): void;
  focus(): void;
  blur(): void;
  clear(): void;
  unmount(): void;
  destroy(): void;
  readonly on: On<FieldEvents>;
}

/** A form: fields of one collection that are submitted together. */
export interface CollectForm {
  readonly collection: string;
  readonly state: FormState;
  /** The field of that name; the same object each time, with `texts` taken over when given. */
  field(name: string, texts?: FieldTexts): CollectField;
  /** Mounts several fields in one frame: native tab order, autofill and password managers. Rejects as a field's does. */
  mount(target: Target, options: FormMountOptions): Promise<void>;
  /** Shows what is missing, as `submit` does. Rejects with `unmounted` when nothing is mounted. */
  validate(): Promise<FormState>;
  /**
   * Swaps the values for tokens. What was typed is kept when it fails; security codes are forgotten when it succeeds.
   *
   * @returns a promise that rejects with `unmounted`, `busy`, `invalid` (and the first such field has the focus),
   * `session`, or what the vault answered.
   */
  submit(): Promise<Collected>;
  /** Empties all fields. */
  reset(): void;
  update(changes: FormUpdate): void;
  /** Takes all frames out of the page; what was typed is gone. They can be mounted again. */
  unmount(): void;
  destroy(): void;
  readonly on: On<FormEvents>;
}
