import { NAME } from '../schema/formats.js';
import { object, oneOf, optional, record, string, type Infer } from '../schema/schema.js';

/** Ready-made looks. Default: `outline`. */
export const theme = oneOf(['outline', 'underline', 'bare']);

const colorScheme = oneOf(['light', 'dark', 'auto']);

/** Variables that every theme understands. Colours, lengths, numbers and font families only; see `docs/appearance.md`. */
export const appearanceVariable = oneOf([
  'colorPrimary',
  'colorText',
  'colorMuted',
  'colorBackground',
  'colorBorder',
  'colorDanger',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'borderRadius',
  'borderWidth',
  'padding',
  'gap',
]);

/** The parts of a field that a rule may style. */
export const appearancePart = oneOf(['label', 'input', 'error', 'help', 'icon', 'value', 'button']);

/** The states of a part. `base` always applies. */
export const appearanceState = oneOf(['base', 'hover', 'focus', 'invalid', 'valid', 'empty']);

/**
 * The properties that a rule may set. None of them can move, hide, overlay or replace content (A37), and none takes a
 * URL (A34, A36).
 */
export const appearanceProperty = oneOf([
  'color',
  'backgroundColor',
  'borderColor',
  'borderWidth',
  'borderStyle',
  'borderRadius',
  'boxShadow',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'letterSpacing',
  'lineHeight',
  'padding',
  'textAlign',
]);

const cssValue = string({ min: 1, max: 160 });
const declarations = record(appearanceProperty, cssValue, { max: 15 });

/** How fields look: cosmetics only, typed and allow-listed; the frame checks every value again and uses CSSOM setters. */
export const appearance = object({
  theme: optional(theme),
  colorScheme: optional(colorScheme),
  variables: optional(record(appearanceVariable, cssValue, { max: 13 })),
  rules: optional(record(appearancePart, record(appearanceState, declarations, { max: 6 }), { max: 7 })),
});

/** Never a name that every object has (A42). */
const word = string({ max: 40, format: NAME });

/**
 * As much of it as the bridge checks, to tell an integrator of misuse at once. The lists of variables, states and properties
 * stand in the frames, which answer `appearance`.
 */
export const appearanceOutline = object({
  theme: optional(theme),
  colorScheme: optional(colorScheme),
  variables: optional(record(word, cssValue, { max: 13 })),
  rules: optional(record(appearancePart, record(word, record(word, cssValue, { max: 15 }), { max: 6 }), { max: 7 })),
});

export type Theme = Infer<typeof theme>;
export type AppearanceVariable = Infer<typeof appearanceVariable>;
export type AppearancePart = Infer<typeof appearancePart>;
export type AppearanceState = Infer<typeof appearanceState>;
export type AppearanceProperty = Infer<typeof appearanceProperty>;

/** What the wire carries. */
export type WireAppearance = Infer<typeof appearance>;

/** The same with its keys spelled out, for people who write it. */
export interface Appearance {
  readonly theme?: Theme;
  readonly colorScheme?: 'light' | 'dark' | 'auto';
  readonly variables?: Readonly<Partial<Record<AppearanceVariable, string>>>;
  readonly rules?: Readonly<
    Partial<
      Record<
        AppearancePart,
        Readonly<Partial<Record<AppearanceState, Readonly<Partial<Record<AppearanceProperty, string>>>>>>
      >
    >
  >;
}
