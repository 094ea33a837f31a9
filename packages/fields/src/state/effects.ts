import { sameLine, type Line } from '../edit/line.js';
import type { FieldEffect } from './event.js';
import { ownBrand, shownError, type FieldModel } from './model.js';
import { publicState } from './public-state.js';

/** What a step from one model to the next asks of the view, whose input shows `shown`. */
export function effectsOf(before: FieldModel, after: FieldModel, shown: Line): readonly FieldEffect[] {
  if (before === after && sameLine(after, shown)) return [];
  const effects: FieldEffect[] = [];
  if (!sameLine(after, shown)) effects.push({ type: 'render', text: after.text, selection: after.selection });
  const error = shownError(after);
  if (error !== shownError(before)) effects.push({ type: 'error', error });
  const brand = ownBrand(after);
  if (brand !== ownBrand(before)) effects.push({ type: 'brand', brand });
  // Keys are always built in one order, so equal states have equal texts.
  if (JSON.stringify(publicState(before)) !== JSON.stringify(publicState(after))) effects.push({ type: 'publish' });
  return effects;
}
