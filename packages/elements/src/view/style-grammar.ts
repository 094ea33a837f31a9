/**
 * What a page may write as the value of an appearance variable or property: a bounded alphabet without `:`, `;`, `/`, `\`,
 * `@`, `{` or `<`, no function but the listed colours, no unit but the listed ones, and no length that could push an input
 * out of its frame (A34, A36, A37). So no URL, escape, comment, `var()`, `attr()` or `calc()` can be written at all; whether
 * the rest is a value of its property is then asked of the browser. Read word by word, character by character (A41).
 */
const CHARACTER = /^[\p{L}\p{N} #.,%()'"_-]$/u;
const SEPARATOR = /[ ,()]/u;
const COLOR_FUNCTIONS = ['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch'];

/** Largest amount by unit. A unitless number stands in colours and weights. */
const LIMITS: Readonly<Record<string, number>> = { px: 64, rem: 4, em: 4, '%': 100, deg: 360, '': 1000 };

const lastWord = (text: string): string => text.split(SEPARATOR).at(-1)?.toLowerCase() ?? '';

function isAllowedNumber(word: string): boolean {
  const amount = Number.parseFloat(word);
  if (Number.isNaN(amount)) return true;
  const unit = Array.from(word)
    .filter((character) => !/^[\d.-]$/u.test(character))
    .join('');
  const limit = Object.hasOwn(LIMITS, unit) ? LIMITS[unit] : undefined;
  return limit !== undefined && amount >= -2 && amount <= limit;
}

/** Whether a value holds nothing that could fetch, escape or displace. Total; runs before any CSS parser sees the text. */
export function isSafeValue(value: string): boolean {
  if (!Array.from(value).every((character) => CHARACTER.test(character))) return false;
  const calls = value.split('(').slice(0, -1);
  return (
    calls.every((before) => COLOR_FUNCTIONS.includes(lastWord(before))) && value.split(SEPARATOR).every(isAllowedNumber)
  );
}
