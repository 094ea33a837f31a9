import type { CardBrand } from '@cloister/protocol';
import { digitsOf } from '../format/digits.js';
import { caretAt, type Edit, type Editor, type Line, type Selection } from './line.js';

/** How the digits of a field are read, bounded and laid out. */
export interface DigitShape {
  /** The digits of a whole value that came in one step. On text that `layout` made it equals `digitsOf`. */
  readonly read: (text: string) => string;
  /** The digits after a key at their end; `text` is what the input shows then. */
  readonly typed?: (digits: string, text: string) => string;
  readonly capacity: (digits: string, brand: CardBrand | undefined) => number;
  readonly layout: (digits: string) => string;
}

/** Digits, and how many of them stand before each end of the selection. */
interface Marked {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Follows edits of a field of digits and lays it out again.
 *
 * Invariants: what was not deleted, and fits, stays; the caret stays beside the digit that it was beside; a separator is
 * never in the way: deleting one deletes the digit behind it; a full field refuses a further key rather than push a digit
 * out.
 */
/*@__NO_SIDE_EFFECTS__*/
export function digitEditor(shape: DigitShape): Editor {
  return (before, edit, brand) => {
    const marked = understand(shape, before, edit);
    const capacity = shape.capacity(marked.digits, brand);
    if (marked.digits.length <= capacity || deletes(edit)) return layOut(shape, marked, edit.kind);
    const oneKey = edit.kind === 'insert' && marked.digits.length - digitsOf(before.text).length === 1;
    return oneKey ? before : layOut(shape, { ...marked, digits: marked.digits.slice(0, capacity) }, edit.kind);
  };
}

const deletes = ({ kind }: Edit): boolean => kind === 'delete-backward' || kind === 'delete-forward';

function understand(shape: DigitShape, before: Line, edit: Edit): Marked {
  const marked = mark(edit);
  if (removedSeparator(marked, before, edit)) return removeNeighbour(marked, edit);
  if (edit.kind === 'insert') {
    const typed = marked.end === marked.digits.length ? shape.typed?.(marked.digits, edit.text) : undefined;
    return typed === undefined || typed === marked.digits ? marked : atEnd(typed);
  }
  if (deletes(edit)) return marked;
  const whole = shape.read(edit.text);
  return whole === marked.digits ? marked : atEnd(whole);
}

const mark = ({ text, selection }: Line): Marked => ({
  digits: digitsOf(text),
  start: digitsOf(text.slice(0, selection.start)).length,
  end: digitsOf(text.slice(0, selection.end)).length,
});

const atEnd = (digits: string): Marked => ({ digits, start: digits.length, end: digits.length });

/** Whether all that went was one separator at the caret. Android says so as a composition, not as a deletion. */
function removedSeparator(marked: Marked, before: Line, edit: Edit): boolean {
  if (edit.kind === 'insert' || edit.kind === 'paste' || edit.kind === 'autofill') return false;
  const caret = before.selection.start === before.selection.end;
  return caret && edit.text.length === before.text.length - 1 && marked.digits === digitsOf(before.text);
}

function removeNeighbour({ digits, end }: Marked, { kind }: Edit): Marked {
  const index = kind === 'delete-forward' ? end : end - 1;
  if (index < 0) return { digits, start: 0, end: 0 };
  const caret = Math.min(index, end);
  return { digits: digits.slice(0, index) + digits.slice(index + 1), start: caret, end: caret };
}

function layOut(shape: DigitShape, { digits, start, end }: Marked, kind: Edit['kind']): Line {
  const text = shape.layout(digits);
  const offset = kind === 'delete-forward' ? offsetBefore : offsetAfter;
  const selection: Selection =
    start === end ? caretAt(offset(text, end)) : { start: offset(text, start), end: offset(text, end) };
  return { text, selection };
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

/** Just behind the digit number `count`; behind everything when no digit follows. `text` is laid out, so its digits are ASCII. */
function offsetAfter(text: string, count: number): number {
  if (digitsOf(text).length <= count) return text.length;
  let offset = 0;
  for (let seen = 0; seen < count; offset += 1) if (isDigit(text.charAt(offset))) seen += 1;
  return offset;
}

/** Just before the digit that follows number `count`. */
function offsetBefore(text: string, count: number): number {
  const offset = offsetAfter(text, count);
  return offset < text.length && !isDigit(text.charAt(offset)) ? offset + 1 : offset;
}
