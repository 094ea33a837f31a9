import { CodedError, type AppearancePart, type AppearanceState, type WireAppearance } from '@cloister/protocol';
import { BASE_STYLE } from './base-style.js';
import { isAllowedValue, PROPERTY_KINDS, VARIABLE_KINDS, type ValueKind } from './style-grammar.js';

const STATES: Readonly<Record<AppearanceState, string>> = {
  base: '',
  hover: ':hover',
  focus: ':focus',
  invalid: "[aria-invalid='true']",
  valid: "[data-status='valid']",
  empty: ':placeholder-shown',
};

/** Class names of the parts. */
const PARTS: Readonly<Record<AppearancePart, string>> = {
  label: 'label',
  input: 'input',
  error: 'error',
  help: 'help',
  icon: 'icon',
  value: 'value',
  button: 'button',
};

const kebab = (camel: string): string =>
  Array.from(camel, (letter) => (/^[A-Z]$/u.test(letter) ? `-${letter.toLowerCase()}` : letter)).join('');

/** The entry of a closed table under a name that came over the wire, where it is only known to be text. */
function lookUp<T>(table: Readonly<Record<string, T>>, key: string, path: string): T {
  const found = Object.hasOwn(table, key) ? table[key] : undefined;
  if (found === undefined) throw new CodedError('appearance', path);
  return found;
}

function checked(kind: ValueKind, value: string, path: string): string {
  if (!isAllowedValue(kind, value)) throw new CodedError('appearance', path);
  return value.trim();
}

/** One rule to write: a selector of our own making and checked declarations. */
export interface StyleRule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

function variableRule(variables: NonNullable<WireAppearance['variables']>): StyleRule {
  return {
    selector: ':root:root',
    declarations: Object.entries(variables).map(([name, value]) => {
      const path = `/variables/${name}`;
      return [`--${kebab(name)}`, checked(lookUp(VARIABLE_KINDS, name, path), value, path)];
    }),
  };
}

/**
 * Reads an appearance into rules. Everything is on a list: parts, states, properties, and the grammar of each value.
 *
 * @throws CodedError `appearance`, with the JSON Pointer of what was refused.
 */
export function styleRules(appearance: WireAppearance): readonly StyleRule[] {
  const rules = [variableRule(appearance.variables ?? {})];
  for (const [part, states] of Object.entries(appearance.rules ?? {})) {
    for (const [state, declarations] of Object.entries(states)) {
      rules.push({
        selector: `:root .${lookUp(PARTS, part, `/rules/${part}`)}${lookUp(STATES, state, `/rules/${part}/${state}`)}`,
        declarations: Object.entries(declarations).map(([property, value]) => {
          const path = `/rules/${part}/${state}/${property}`;
          return [kebab(property), checked(lookUp(PROPERTY_KINDS, property, path), value, path)];
        }),
      });
    }
  }
  return rules;
}

/** The document's look: our base sheet, and one that the page's appearance is written into. */
export interface StyleSheets {
  readonly apply: (appearance: WireAppearance) => void;
}

/** Adopts the sheets once; a later `apply` replaces the page's rules as a whole. */
export function adoptStyles(target: Document): StyleSheets {
  const base = new CSSStyleSheet();
  base.replaceSync(BASE_STYLE);
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
