import { CodedError, type AppearanceVariable, type WireAppearance } from '@cloister/protocol';
import { isSafeValue } from './style-grammar.js';

const STATES: Readonly<Record<string, string>> = {
  base: '',
  hover: ':hover',
  focus: ':focus',
  invalid: "[aria-invalid='true']",
  valid: "[data-status='valid']",
  empty: ':placeholder-shown',
};

/** The property whose grammar a variable has; a variable that is not named here holds a colour of words. */
const VARIABLES: ReadonlyMap<string, string> = new Map<AppearanceVariable, string>([
  ['colorBackground', 'background-color'],
  ['colorBorder', 'border-top-color'],
  ['fontFamily', 'font-family'],
  ['fontSize', 'font-size'],
  ['fontWeight', 'font-weight'],
  ['borderRadius', 'border-top-left-radius'],
  ['borderWidth', 'border-top-width'],
  ['padding', 'padding-top'],
  ['gap', 'row-gap'],
]);

/** A colour with an alpha, in every way that the grammar leaves to write one: words in it might not be seen. */
const MAYBE_FAINT = /transparent|^#(?:.{4}|.{8})$|,.*,.*,/iu;

const kebab = (camel: string): string => camel.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

function isAllowed(property: string, value: string): boolean {
  if (!isSafeValue(property, value) || !CSS.supports(property, value)) return false;
  // A line is as high as its letters, and at most three times as high.
  if (property === 'line-height') return Number(value) >= 1 && Number(value) <= 3;
  return property !== 'color' || !MAYBE_FAINT.test(value);
}

function checked(property: string, value: string, path: string): string {
  if (!isAllowed(property, value)) throw new CodedError('appearance', path);
  return value;
}

/** One rule to write: a selector of our own making and checked declarations. */
interface StyleRule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

const grammarOf = (variable: string): string => VARIABLES.get(variable) ?? 'color';

/**
 * Reads an appearance into rules. Parts, states, properties and variables were already held against the contract's lists;
 * here each value is held against the grammar.
 *
 * @throws CodedError `appearance`, with the JSON Pointer of what was refused.
 */
function styleRules(appearance: WireAppearance): readonly StyleRule[] {
  const variables = Object.entries(appearance.variables ?? {}).map(
    ([name, value]) => [`--${kebab(name)}`, checked(grammarOf(name), value, `/variables/${name}`)] as const,
  );
  const rules: StyleRule[] = [{ selector: ':root:root', declarations: variables }];
  for (const [part, states] of Object.entries(appearance.rules ?? {})) {
    for (const [state, declarations] of Object.entries(states)) {
      rules.push({
        selector: `:root .${part}${STATES[state] ?? ''}`,
        declarations: Object.entries(declarations).map(([property, value]) => [
          kebab(property),
          checked(kebab(property), value, `/rules/${part}/${state}/${property}`),
        ]),
      });
    }
  }
  return rules;
}

/** The document's look: our base sheet, and one that the page's appearance is written into. */
export interface StyleSheets {
  readonly apply: (appearance: WireAppearance) => void;
}

/** Adopts the sheets once; a later `apply` replaces the page's rules as a whole, or nothing when it is refused. */
export function adoptStyles(target: Document, style: string): StyleSheets {
  const base = new CSSStyleSheet();
  base.replaceSync(style);
  const custom = new CSSStyleSheet();
  target.adoptedStyleSheets = [base, custom];
  return {
    apply: (appearance) => {
      const rules = styleRules(appearance);
      custom.replaceSync('');
      for (const { selector, declarations } of rules) {
        const rule = custom.cssRules[custom.insertRule(`${selector} {}`, custom.cssRules.length)];
        if (!(rule instanceof CSSStyleRule)) continue;
        for (const [property, value] of declarations) rule.style.setProperty(property, value);
      }
      target.documentElement.dataset['theme'] = appearance.theme ?? 'outline';
      target.documentElement.dataset['scheme'] = appearance.colorScheme ?? 'auto';
    },
  };
}
