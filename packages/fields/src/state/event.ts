import type { CardBrand, FieldErrorCode } from '@cloister/protocol';
import type { EditKind, Selection } from '../edit/line.js';

/** What happened to a field. `now` is milliseconds since the epoch. */
export type FieldEvent =
  /** The browser has changed the input: its new raw text and caret. */
  | {
      readonly type: 'edited';
      readonly text: string;
      readonly selection: Selection;
      readonly kind: EditKind;
      readonly now: number;
    }
  | { readonly type: 'selected'; readonly selection: Selection }
  /** The view cancels the browser's own history, which knows nothing of formatting, and asks ours. */
  | { readonly type: 'undo' | 'redo'; readonly now: number }
  | { readonly type: 'composition-start' }
  | { readonly type: 'composition-end'; readonly text: string; readonly selection: Selection; readonly now: number }
  | { readonly type: 'focused' }
  /** The focus went: whoever took it, a page can. */
  | { readonly type: 'blurred'; readonly now: number }
  /**
   * The shopper means what stands there: he pressed Enter, or he has left, by a key or a pointer of his own or by staying
   * away. Never what a page can bring about between two keys (A52).
   */
  | { readonly type: 'settled'; readonly now: number }
  /** A submit, or the page's `validate()`: show what is missing. A page may ask at any time. */
  | { readonly type: 'validated'; readonly now: number }
  | { readonly type: 'cleared' }
  /** The number of the same form changed its brand. */
  | { readonly type: 'brand'; readonly brand: CardBrand | undefined };

/** What the view has to do; in this order. */
export type FieldEffect =
  /** The input must show another text or caret. */
  | { readonly type: 'render'; readonly text: string; readonly selection: Selection }
  /** The error to show and announce changed. */
  | { readonly type: 'error'; readonly error: FieldErrorCode | undefined }
  /** This number's brand changed: tell the fields beside it, never the page. */
  | { readonly type: 'brand'; readonly brand: CardBrand | undefined }
  /** `publicState` changed: tell the page. */
  | { readonly type: 'publish' };
