import type { FieldType } from '@cloister/protocol';
import type { EditKind, Line, Selection } from '../src/edit/line.js';
import type { FieldEffect, FieldEvent } from '../src/state/event.js';
import { initialModel, type FieldModel, type FieldSetup } from '../src/state/model.js';
import { reduce } from '../src/state/reduce.js';

/** 2026-11-22T12:00:00Z, the day on which every test happens. */
export const TODAY = Date.UTC(2026, 10, 22, 12);

export const setupOf = (type: FieldType, more: Partial<FieldSetup> = {}): FieldSetup => ({
  name: 'field',
  type,
  optional: false,
  disclose: [],
  ...more,
});

/** A field, the input that shows it, and every effect so far: what a browser with our view would do. */
export interface Desk {
  readonly model: FieldModel;
  readonly input: Line;
  readonly effects: readonly FieldEffect[];
}

export const sitDown = (setup: FieldSetup): Desk => ({
  model: initialModel(setup),
  input: { text: '', selection: { start: 0, end: 0 } },
  effects: [],
});

/** Sends an event and does what its effects ask for. */
export function send(desk: Desk, event: FieldEvent): Desk {
  const { model, effects } = reduce(desk.model, event);
  const changed = event.type === 'edited' || event.type === 'composition-end' ? event : desk.input;
  const moved = event.type === 'selected' ? { text: changed.text, selection: event.selection } : changed;
  const render = effects.find((effect) => effect.type === 'render');
  const { text, selection } = render ?? moved;
  return { model, input: { text, selection }, effects: [...desk.effects, ...effects] };
}

export const focused = (setup: FieldSetup): Desk => send(sitDown(setup), { type: 'focused' });

/** The focus goes, and it was the shopper who left. */
export const leave = (desk: Desk): Desk =>
  send(send(desk, { type: 'blurred', now: TODAY }), { type: 'settled', now: TODAY });

/** What a browser does with text that replaces a stretch of the input. */
function replace(desk: Desk, { start, end }: Selection, change: { text: string; kind: EditKind; now: number }): Desk {
  const { text } = desk.input;
  const caret = start + change.text.length;
  return send(desk, {
    type: 'edited',
    text: text.slice(0, start) + change.text + text.slice(end),
    selection: { start: caret, end: caret },
    kind: change.kind,
    now: change.now,
  });
}

export const insert = (desk: Desk, text: string, kind: EditKind): Desk =>
  replace(desk, desk.input.selection, { text, kind, now: TODAY });

/** Types key by key. */
export const type = (desk: Desk, keys: string, now = TODAY): Desk =>
  Array.from(keys).reduce((next, text) => replace(next, next.input.selection, { text, kind: 'insert', now }), desk);

/** One press of backspace or delete, as browsers do it. */
export function erase(desk: Desk, kind: 'delete-backward' | 'delete-forward', now = TODAY): Desk {
  const { text, selection } = desk.input;
  const [back, forth] = kind === 'delete-backward' ? [1, 0] : [0, 1];
  const range =
    selection.start === selection.end
      ? { start: Math.max(0, selection.start - back), end: Math.min(text.length, selection.end + forth) }
      : selection;
  return range.start === range.end ? desk : replace(desk, range, { text: '', kind, now });
}

/** `42|42` or `4[24]2` as a line. */
export function parseLine(notation: string): Line {
  const marks = ['|', '[', ']'];
  const text = Array.from(notation)
    .filter((character) => !marks.includes(character))
    .join('');
  const caret = notation.indexOf('|');
  if (caret >= 0) return { text, selection: { start: caret, end: caret } };
  return { text, selection: { start: notation.indexOf('['), end: notation.indexOf(']') - 1 } };
}

export function showLine({ text, selection: { start, end } }: Line): string {
  const middle = start === end ? '|' : `[${text.slice(start, end)}]`;
  return text.slice(0, start) + middle + text.slice(end);
}

/** One step of a caret table: `⌫` and `⌦` press, `paste …` pastes, `whole …` autofills, anything else is typed. */
function act(desk: Desk, step: string): Desk {
  if (step === '⌫') return erase(desk, 'delete-backward');
  if (step === '⌦') return erase(desk, 'delete-forward');
  if (step.startsWith('paste ')) return insert(desk, step.slice('paste '.length), 'paste');
  if (step.startsWith('whole ')) {
    const all = { start: 0, end: desk.input.text.length };
    return replace(desk, all, { text: step.slice('whole '.length), kind: 'autofill', now: TODAY });
  }
  return type(desk, step);
}

/** Puts a field into the state that the notation draws. */
export function place(setup: FieldSetup, notation: string): Desk {
  const { text, selection } = parseLine(notation);
  const desk = text === '' ? focused(setup) : insert(focused(setup), text, 'paste');
  if (desk.input.text !== text) throw new Error(`the field shows “${desk.input.text}”, not “${text}”`);
  return send(desk, { type: 'selected', selection });
}

/** Plays `before + step + step` and draws what is there then. */
export function play(setup: FieldSetup, line: string): string {
  const [before = '', ...steps] = line.split(' + ');
  return showLine(steps.reduce(act, place(setup, before)).input);
}
