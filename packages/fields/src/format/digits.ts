/** Unicode general category Nd: the decimal digits of every script. */
const DECIMAL = /^\p{Nd}$/u;

/**
 * A decimal digit of any script as its ASCII digit; '' for anything else. Unicode §4.6: the digits of a script are ten
 * code points in a row, zero first, so the distance to the start of the run is the value (runs that touch, U+1D7CE …,
 * touch at multiples of ten).
 */
function asciiDigit(character: string): string {
  if (character.length === 1 && character >= '0' && character <= '9') return character;
  if (!DECIMAL.test(character)) return '';
  let code = (character.codePointAt(0) ?? 0) - 1;
  let distance = 0;
  for (; DECIMAL.test(String.fromCodePoint(code)); code -= 1) distance += 1;
  return String(distance % 10);
}

/** Printable ASCII: what most people type. */
const PLAIN = /^[\u0020-\u007E]*$/u;
const SEPARATORS = /[^0-9]+/gu;

/** All decimal digits of a text, in ASCII; everything else is dropped. */
export function digitsOf(text: string): string {
  // Asked several times at every key, and one pass of the browser's own is a tenth of a walk.
  if (PLAIN.test(text)) return text.replace(SEPARATORS, '');
  let digits = '';
  for (const character of text) digits += asciiDigit(character);
  return digits;
}

/** The digits of a text in runs, as anything else separates them: `12 / 2030` is `['12', '2030']`. */
export function digitRuns(text: string): readonly string[] {
  const runs: string[] = [];
  let open = false;
  for (const character of text) {
    const digit = asciiDigit(character);
    if (digit !== '') runs.push(open ? `${runs.pop() ?? ''}${digit}` : digit);
    open = digit !== '';
  }
  return runs;
}
