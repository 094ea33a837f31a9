/**
 * What a page may write as the value of an appearance variable or property: a bounded alphabet without `:`, `;`, `/`, `\`,
 * `@`, `{` or `<`, no function but the listed colours, no unit but the listed ones, and no length that could push an input
 * out of its frame, or words out of sight (A34, A36, A37). So no URL, escape, comment, `var()`, `attr()` or `calc()` can be
 * written at all; whether the rest is a value of its property is then asked of the browser. Read in linear time (A41).
 */
const ALPHABET = /^[\p{L}\p{N} #.,%()'"_-]*$/u;
const COLOR_FUNCTION = /(?:^|[ ,(])(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch))$/iu;

/** What a unit is worth in px at an ordinary size of letters; the largest hue and weight are as much as the largest length. */
const UNITS = new Map(Object.entries({ px: 1, rem: 16, em: 16, '%': 0.16, deg: 0.16, '': 0.064 }));

/** The most of a property in px: no more than leaves an input room. */
function mostOf(property: string): number {
  if (property === 'font-size') return 32;
  if (property.startsWith('padding')) return 24;
  return /width|spacing/u.test(property) ? 8 : 64;
}

function isAllowedNumber(word: string, property: string): boolean {
  const amount = Number.parseFloat(word);
  if (Number.isNaN(amount)) return true;
  const unit = word.replace(/[\d.-]/gu, '');
  // Here a percentage is one of the field's width: on both sides, or between all fields of a row.
  if (unit === '%' && /padding|gap/u.test(property)) return false;
  // Not a number, and so not within bounds, for a unit that is not listed.
  const size = amount * (UNITS.get(unit) ?? Number.NaN);
  return size >= (property === 'font-size' ? 10 : -2) && size <= mostOf(property);
}

/** Whether a value holds nothing that could fetch, escape or displace. Total; runs before any CSS parser sees the text. */
export const isSafeValue = (property: string, value: string): boolean =>
  ALPHABET.test(value) &&
  value
    .split('(')
    .slice(0, -1)
    .every((before) => COLOR_FUNCTION.test(before)) &&
  value.split(/[ ,()]/u).every((word) => isAllowedNumber(word, property));
