import type { Appearance, CloisterError, ErrorCode, RevealTexts, SlotState } from '@cloister/protocol';
import type { On } from '../events/channels.js';
import type { Target } from '../target.js';

/** How a view looks and speaks; what is absent comes from the client. */
export interface RevealOptions {
  readonly appearance?: Appearance;
  /** Default: English. */
  readonly texts?: Partial<RevealTexts>;
  /** BCP 47 tag, or `auto`. */
  readonly locale?: string;
}

/** How one value is shown. */
export interface ValueOptions {
  readonly label: string;
  /**
   * Whether there is a button that copies the value while it is shown. Default: false. Mounting rejects with `forbidden` where
   * the configuration of the elements origin does not allow it (`copy`).
   */
  readonly copy?: boolean;
  /** Seconds until it hides again, 1 to 600. Default: 30. */
  readonly hideAfter?: number;
}

/** How a frame of values is mounted. */
export interface ValueMountOptions {
  /** What a screen reader calls the frame. Default: "Secure display" and the labels. */
  readonly title?: string;
}

/** How one frame for several values is laid out. */
export interface ViewMountOptions extends ValueMountOptions {
  /** Rows of values of this view. Default: all that are not mounted yet, one in each row. */
  readonly layout?: readonly (readonly RevealValue[])[];
}

/** All that the page learns about a value. */
export interface ValueState {
  readonly token: string;
  readonly status: SlotState['status'];
  /** Why it failed; or `hidden`, when it was shown until its frame could not be seen any more. */
  readonly code?: ErrorCode;
}

/** Events of a value. */
export interface ValueEvents {
  readonly ready: ValueState;
  readonly change: ValueState;
  /** The viewer pressed the copy button. */
  readonly copied: ValueState;
  readonly error: CloisterError;
}

/** Events of a view. */
export interface ViewEvents {
  /** All values that were being mounted are ready to be shown. Comes again when more are mounted. */
  readonly ready: readonly ValueState[];
  /** All values of the view; one of them changed. */
  readonly change: readonly ValueState[];
  readonly copied: ValueState;
  readonly error: CloisterError;
}

/** One value that may be shown. */
export interface RevealValue {
  readonly token: string;
  readonly state: ValueState;
  /** Mounts the value in a frame of its own. Throws and rejects as a field's `mount` does. */
  mount(target: Target, options?: ValueMountOptions): Promise<void>;
  unmount(): void;
  destroy(): void;
  readonly on: On<ValueEvents>;
}

/** Values that are shown together. */
export interface RevealView {
  readonly state: readonly ValueState[];
  /** Names a value by its token. @throws TypeError when the token or an option is not right. */
  value(token: string, options: ValueOptions): RevealValue;
  /** Mounts all values that are not mounted yet, or those of `layout`, in one frame. */
  mount(target: Target, options?: ViewMountOptions): Promise<void>;
  /**
   * Shows all mounted values. Resolves with what became of each; a value that may not be shown has its own code. A frame
   * that cannot be seen is waited for, a second long; then its values have the code `hidden`, and a later call may succeed.
   *
   * @returns a promise that rejects with `unmounted`, `busy`, `session`, or what the vault answered for all.
   */
  show(): Promise<readonly ValueState[]>;
  hide(): void;
  /** Takes all frames out of the page. They can be mounted again. */
  unmount(): void;
  destroy(): void;
  readonly on: On<ViewEvents>;
}
