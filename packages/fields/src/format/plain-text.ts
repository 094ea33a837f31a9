/** A character of white space; `trim` and this agree on what that is (ECMA-262 WhiteSpace and LineTerminator). */
const SPACE = /^\s$/u;

/** NFC, without white space at the ends, and one space for each inner run of it. */
export function canonicalText(text: string): string {
  let result = '';
  let gap = false;
  for (const character of text.normalize('NFC').trim()) {
    const space = SPACE.test(character);
    if (!space) result += gap ? ` ${character}` : character;
    gap = space;
  }
  return result;
}
