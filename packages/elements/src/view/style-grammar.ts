import type { AppearanceProperty, AppearanceVariable } from '@cloister/protocol';

/**
 * What a page may write as the value of an appearance variable or property: a closed grammar of colours, lengths, numbers,
 * keywords and font families. No URL, no function beyond the listed colour functions, no escape, no comment, no `var()`
 * (A34, A36, A37). A value is read word by word; nothing is matched by one big expression (A41).
 */
export type ValueKind = 'color' | 'length' | 'lengths' | 'number' | 'family' | 'shadow' | readonly string[];

const COLOR_FUNCTIONS = ['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch'];
const UNITS = ['px', 'rem', 'em', '%'];
/** No text, padding or corner of a field needs more; a larger one could push the input out of sight. */
const MAX_PIXELS = 64;

const BORDER_STYLES = ['none', 'solid', 'dashed', 'dotted'];
const WEIGHTS = ['normal', 'bold', '100', '200', '300', '400', '500', '600', '700', '800', '900'];

export const PROPERTY_KINDS: Readonly<Record<AppearanceProperty, ValueKind>> = {
  color: 'color',
  backgroundColor: 'color',
  borderColor: 'color',
  borderWidth: 'lengths',
  borderStyle: BORDER_STYLES,
  borderRadius: 'lengths',
  boxShadow: 'shadow',
  fontFamily: 'family',
  fontSize: 'length',
  fontWeight: WEIGHTS,
  fontStyle: ['normal', 'italic'],
  letterSpacing: 'length',
  lineHeight: 'number',
  padding: 'lengths',
  textAlign: ['start', 'center', 'end'],
};

export const VARIABLE_KINDS: Readonly<Record<AppearanceVariable, ValueKind>> = {
  colorPrimary: 'color',
  colorText: 'color',
  colorMuted: 'color',
  colorBackground: 'color',
  colorBorder: 'color',
  colorDanger: 'color',
  fontFamily: 'family',
  fontSize: 'length',
  fontWeight: WEIGHTS,
  borderRadius: 'length',
  borderWidth: 'length',
  padding: 'length',
  gap: 'length',
};

const isLetter = (character: string): boolean => /^[a-z]$/iu.test(character);
const isHex = (character: string): boolean => /^[\da-f]$/iu.test(character);
const isNumeric = (character: string): boolean => /^[\d.%/, +-]$/u.test(character);
const all = (text: string, test: (character: string) => boolean): boolean =>
  text !== '' && Array.from(text).every(test);

function isColor(text: string): boolean {
  if (text.startsWith('#')) return [4, 5, 7, 9].includes(text.length) && all(text.slice(1), isHex);
  const open = text.indexOf('(');
  if (open === -1) return all(text, isLetter) && text.toLowerCase() !== 'inherit';
  if (!text.endsWith(')') || !COLOR_FUNCTIONS.includes(text.slice(0, open).toLowerCase())) return false;
  const inside = text.slice(open + 1, -1).replace('deg', '');
  return all(inside, isNumeric);
}

/** A length of at most 64 px (4 rem, 4 em, 100 %); zero needs no unit. */
function isLength(text: string): boolean {
  if (text === '0') return true;
  const unit = UNITS.find((candidate) => text.endsWith(candidate));
  if (unit === undefined) return false;
  const digits = text.slice(0, -unit.length);
  if (!all(digits, (character) => /^[\d.-]$/u.test(character))) return false;
  const amount = Number(digits);
  const limit = unit === 'px' ? MAX_PIXELS : unit === '%' ? 100 : MAX_PIXELS / 16;
  return Number.isFinite(amount) && amount >= -2 && amount <= limit;
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

function isFamily(text: string): boolean {
  const names = text.split(',').map((name) => name.trim());
  return names.every((name) => {
    const quote = name.charAt(0);
    const bare = (quote === '"' || quote === "'") && name.endsWith(quote) && name.length > 2 ? name.slice(1, -1) : name;
    return all(bare, (character) => /^[\p{L}\d _-]$/u.test(character));
  });
}

/** Splits at spaces that are not inside parentheses. */
function parts(text: string): readonly string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ' ' && depth === 0) found.push('');
    else found.push(`${found.pop() ?? ''}${character}`);
  }
  return found.filter((part) => part !== '');
}

/** One shadow: optional `inset`, two to four lengths, a colour. */
function isShadow(text: string): boolean {
  if (text === 'none') return true;
  const rest = parts(text).filter((part) => part !== 'inset');
  const color = rest.at(-1);
  const lengths = rest.slice(0, -1);
  return color !== undefined && isColor(color) && lengths.length >= 2 && lengths.length <= 4 && lengths.every(isLength);
}

const isNumber = (text: string): boolean =>
  all(text, (character) => /^[\d.]$/u.test(character)) && Number(text) >= 0.5 && Number(text) <= 3;

/** Whether a value is of its kind. Total; never hands anything to the CSS parser. */
export function isAllowedValue(kind: ValueKind, value: string): boolean {
  const text = value.trim();
  if (typeof kind !== 'string') return kind.includes(text);
  switch (kind) {
    case 'color':
      return isColor(text);
    case 'length':
      return isLength(text);
    case 'lengths':
      return words(text).length >= 1 && words(text).length <= 4 && words(text).every(isLength);
    case 'number':
      return isNumber(text);
    case 'family':
      return isFamily(text);
    case 'shadow':
      return isShadow(text);
  }
}
