import type { EditKind, Line } from '../edit/line.js';

/** What undo and redo lead to, the latest last. `group` is the kind of edit that may still join the latest step. */
export interface History {
  readonly undo: readonly Line[];
  readonly redo: readonly Line[];
  readonly group: EditKind | undefined;
  readonly at: number;
}

/** Steps that are kept: each holds a value, so no more of them than people use. */
const STEPS = 50;
/** A pause this long, in milliseconds, begins a new step. */
const PAUSE = 1000;

export const NO_HISTORY: History = { undo: [], redo: [], group: undefined, at: 0 };

const joins = (kind: EditKind): boolean => kind === 'insert' || kind === 'delete-backward' || kind === 'delete-forward';

/** Takes note of the line that an edit is about to replace; keys of one kind without a pause are one step. */
export function remember(history: History, before: Line, { kind, now }: { kind: EditKind; now: number }): History {
  const group = joins(kind) ? kind : undefined;
  const pause = now - history.at;
  const joined = group !== undefined && group === history.group && pause >= 0 && pause <= PAUSE;
  const undo = joined ? history.undo : [...history.undo, before].slice(-STEPS);
  return { undo, redo: [], group, at: now };
}

/** Ends the current step: the caret was moved, or the field was left. */
export const interrupt = (history: History): History =>
  history.group === undefined ? history : { ...history, group: undefined };

/** Where undo or redo leads from the current line; `undefined` when there is nothing to go to. */
export function travel(
  history: History,
  direction: 'undo' | 'redo',
  current: Line,
): { readonly line: Line; readonly history: History } | undefined {
  const line = history[direction].at(-1);
  if (line === undefined) return undefined;
  const from = history[direction].slice(0, -1);
  const { at } = history;
  const next =
    direction === 'undo'
      ? { undo: from, redo: [...history.redo, current] }
      : { undo: [...history.undo, current], redo: from };
  return { line, history: { ...next, group: undefined, at } };
}
