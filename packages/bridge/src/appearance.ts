import { appearanceOutline, type Appearance, type WireAppearance } from '@cloister/protocol';
import { demand } from './errors.js';

/** `over` wins by variable and by part. */
export const mergeAppearance = (base: Appearance = {}, over: Appearance = {}): Appearance => ({
  ...base,
  ...over,
  variables: { ...base.variables, ...over.variables },
  rules: { ...base.rules, ...over.rules },
});

/** @throws TypeError when there is no such member or part, or a value is not a text. */
export const wireAppearance = (look: Appearance | undefined): WireAppearance =>
  demand(appearanceOutline, look ?? {}, 'appearance');
