import type { CardBrand } from '@cloister/protocol';

/** A caret (`start === end`) or a selection, in UTF-16 code units as `HTMLInputElement` counts them. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

/** What an input shows: its text and where the caret stands. */
export interface Line {
  readonly text: string;
  readonly selection: Selection;
}

/** `InputEvent.inputType` (Input Events Level 2 §4.1.2), reduced to what formatting needs to tell apart. */
export type EditKind = 'insert' | 'delete-backward' | 'delete-forward' | 'paste' | 'autofill' | 'composition' | 'other';

/** What the browser has already done to an input. */
export interface Edit extends Line {
  readonly kind: EditKind;
}

/** Follows one edit: from the line before it and what the browser made of it to the line to show. */
export type Editor = (before: Line, edit: Edit, brand: CardBrand | undefined) => Line;

export const caretAt = (offset: number): Selection => ({ start: offset, end: offset });

export const sameLine = (a: Line, b: Line): boolean =>
  a.text === b.text && a.selection.start === b.selection.start && a.selection.end === b.selection.end;
