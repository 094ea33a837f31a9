import { appearance, type Appearance, type WireAppearance } from '@cloister/protocol';
import { demand } from './errors.js';

/** `over` wins by variable and by part. */
export const mergeAppearance = (base: Appearance = {}, over: Appearance = {}): Appearance => ({
  ...base,
  ...over,
  variables: { ...base.variables, ...over.variables },
  rules: { ...base.rules, ...over.rules },
});

/** @throws TypeError when a part, state, property or variable is not on the list, or a value is not a text. */
export const wireAppearance = (look: Appearance | undefined): WireAppearance =>
  demand(appearance, look ?? {}, 'appearance');
