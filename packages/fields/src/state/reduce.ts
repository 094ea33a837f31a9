import type { EditKind, Line } from '../edit/line.js';
import { sameLine } from '../edit/line.js';
import { verdictOn } from '../content-verdict.js';
import { FIELD_DEFINITIONS } from '../registry.js';
import { effectsOf } from './effects.js';
import type { FieldEffect, FieldEvent } from './event.js';
import { interrupt, remember, travel } from './history.js';
import { contentOf, initialModel, type FieldModel } from './model.js';

/** A model, and what the view has to do to follow it. */
export interface Step {
  readonly model: FieldModel;
  readonly effects: readonly FieldEffect[];
}

/**
 * The next state of a field. Total and pure: any order of events is allowed, and time comes with the event.
 *
 * Security: no effect carries anything but what the input of the same frame shows, an error code, or a brand; `publish`
 * carries nothing.
 */
export function reduce(model: FieldModel, event: FieldEvent): Step {
  const next = follow(model, event);
  const shown =
    event.type === 'edited' || event.type === 'composition-end' ? event : { ...model, ...selectionIn(event) };
  return { model: next, effects: effectsOf(model, next, shown) };
}

const selectionIn = (event: FieldEvent): Pick<Line, 'selection'> | undefined =>
  event.type === 'selected' ? { selection: event.selection } : undefined;

function follow(model: FieldModel, event: FieldEvent): FieldModel {
  switch (event.type) {
    case 'edited':
      return model.composing === undefined ? edit(model, event) : compose(model, event);
    case 'composition-start':
      return { ...model, composing: model.composing ?? lineOf(model) };
    case 'composition-end':
      return edit(model, { ...event, kind: 'composition' });
    case 'undo':
    case 'redo':
      return jump(model, event.type, event.now);
    case 'selected':
      return select(model, event.selection);
    case 'focused':
      return { ...model, focused: true };
    case 'blurred':
      return look({ ...finishComposition(model, event.now), focused: false, now: event.now });
    case 'settled':
      return judge({ ...model, settled: true, history: interrupt(model.history), now: event.now });
    case 'validated':
      return look({ ...model, asked: true, now: event.now });
    case 'cleared':
      return clear(model);
    case 'brand':
      return judge({ ...model, sibling: event.brand });
  }
}

const lineOf = ({ text, selection }: Line): Line => ({ text, selection });

interface TimedEdit extends Line {
  readonly kind: EditKind;
  readonly now: number;
}

/** A whole value that was filled in at once has no beginnings to hide, so it counts as settled. */
function edit(model: FieldModel, event: TimedEdit): FieldModel {
  const before = model.composing ?? lineOf(model);
  const line = FIELD_DEFINITIONS[model.setup.type].edit(before, event, model.sibling);
  const history = line.text === before.text ? model.history : remember(model.history, before, event);
  const settled = event.kind === 'autofill' || (line.text === model.text && model.settled);
  return show({ ...model, composing: undefined, history, now: event.now }, line, settled);
}

/** Invariant: while an input method composes, the input is left alone; rewriting it would end the composition. */
const compose = (model: FieldModel, event: TimedEdit): FieldModel =>
  show({ ...model, now: event.now }, lineOf(event), false);

const finishComposition = (model: FieldModel, now: number): FieldModel =>
  model.composing === undefined ? model : edit(model, { ...lineOf(model), kind: 'composition', now });

function jump(model: FieldModel, direction: 'undo' | 'redo', now: number): FieldModel {
  const journey = model.composing === undefined ? travel(model.history, direction, lineOf(model)) : undefined;
  return journey === undefined ? model : show({ ...model, history: journey.history, now }, journey.line, false);
}

function select(model: FieldModel, selection: Line['selection']): FieldModel {
  const line = { text: model.text, selection };
  return sameLine(model, line) ? model : { ...model, selection, history: interrupt(model.history) };
}

/**
 * Shows what is missing, to a shopper who may have left or a page that asks. Security: settles only what says nothing of a
 * value, or what may be asked for at any time; see `onlyShopperSettles`.
 */
function look(model: FieldModel): FieldModel {
  const { onlyShopperSettles = false } = FIELD_DEFINITIONS[model.setup.type];
  const settled = model.settled || !onlyShopperSettles || model.verdict.status === 'empty';
  return judge({ ...model, touched: true, settled, history: interrupt(model.history) });
}

/** Security: forgets the value and every earlier one. */
const clear = (model: FieldModel): FieldModel => ({
  ...initialModel(model.setup),
  revision: model.text === '' ? model.revision : model.revision + 1,
  focused: model.focused,
  sibling: model.sibling,
  now: model.now,
});

/** A field that nobody was ever in has nothing unfinished. */
const show = (model: FieldModel, { text, selection }: Line, settled: boolean): FieldModel =>
  judge({
    ...model,
    text,
    selection,
    settled: settled || !(model.focused || model.touched),
    asked: model.asked && text === model.text,
    revision: text === model.text ? model.revision : model.revision + 1,
  });

const judge = (model: FieldModel): FieldModel => ({
  ...model,
  verdict: verdictOn(model.setup.type, contentOf(model), {
    now: model.now,
    brand: model.sibling,
    settled: model.settled,
  }),
});
