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

/** The property whose grammar a variable has; a variable that is not named here holds a colour. */
const VARIABLES: Readonly<Partial<Record<AppearanceVariable, string>>> = {
  fontFamily: 'font-family',
  fontSize: 'font-size',
  fontWeight: 'font-weight',
  borderRadius: 'border-top-left-radius',
  borderWidth: 'border-top-width',
  padding: 'padding-top',
  gap: 'row-gap',
};

/** A line of text is at most three times its size. */
const MAX_LINE_HEIGHT = 3;

const kebab = (camel: string): string =>
  Array.from(camel, (letter) => (/^[A-Z]$/u.test(letter) ? `-${letter.toLowerCase()}` : letter)).join('');

function checked(property: string, value: string, path: string): string {
  const tall = property === 'line-height' && !(Number(value) <= MAX_LINE_HEIGHT);
  if (tall || !isSafeValue(value) || !CSS.supports(property, value)) throw new CodedError('appearance', path);
  return value;
}

/** One rule to write: a selector of our own making and checked declarations. */
interface StyleRule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

const grammarOf = (variable: string): string =>
  Object.entries(VARIABLES).find(([known]) => known === variable)?.[1] ?? 'color';

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
      while (custom.cssRules.length > 0) custom.deleteRule(0);
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
