import type { CardBrand, FieldErrorCode } from '@cloister/protocol';
import { sameLine, type Line } from '../edit/line.js';
import type { FieldEffect } from './event.js';
import { ownBrand, shownError, type FieldModel } from './model.js';
import { publicState } from './public-state.js';

/** What a model means to others than its own input. */
interface Meaning {
  readonly error: FieldErrorCode | undefined;
  readonly brand: CardBrand | undefined;
  /** Its public state. Keys are always built in one order, so equal states have equal texts. */
  readonly state: string;
}

/** Of models that still stand: each is looked at twice, when it comes and when the next one does. */
const meanings = new WeakMap<FieldModel, Meaning>();

function meaningOf(model: FieldModel): Meaning {
  const known = meanings.get(model);
  if (known !== undefined) return known;
  const meaning = {
    error: shownError(model),
    brand: ownBrand(model),
    state: JSON.stringify(publicState(model)),
  };
  meanings.set(model, meaning);
  return meaning;
}

/** Whether only the caret or the history moved: so it is before every key. */
const meansTheSame = (before: FieldModel, after: FieldModel): boolean =>
  before.text === after.text &&
  before.verdict === after.verdict &&
  before.focused === after.focused &&
  before.touched === after.touched &&
  before.settled === after.settled &&
  before.asked === after.asked;

/** What a step from one model to the next asks of the view, whose input shows `shown`. */
export function effectsOf(before: FieldModel, after: FieldModel, shown: Line): readonly FieldEffect[] {
  const effects: FieldEffect[] = [];
  if (!sameLine(after, shown)) effects.push({ type: 'render', text: after.text, selection: after.selection });
  if (meansTheSame(before, after)) return effects;
  const old = meaningOf(before);
  const { error, brand, state } = meaningOf(after);
  if (error !== old.error) effects.push({ type: 'error', error });
  if (brand !== old.brand) effects.push({ type: 'brand', brand });
  if (state !== old.state) effects.push({ type: 'publish' });
  return effects;
}
