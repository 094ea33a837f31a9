/** A word in a file, from its first letter to behind its last, with the letters of the quote that it begins and ends with. */
export interface WordPlace {
  readonly start: number;
  readonly end: number;
  readonly quote: 0 | 1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  t: '\t',
  r: '\r',
  n: '\n',
};

/** Letters of the file that one letter of a word's text takes. */
const widthAt = (written: string, at: number): number =>
  written.charAt(at) === '\\' && Object.hasOwn(ESCAPES, written.charAt(at + 1)) ? 2 : 1;

/** What is meant by letters with escapes. */
export function unescaped(written: string): string {
  if (!written.includes('\\')) return written;
  const letters: string[] = [];
  for (let at = 0; at < written.length; at += widthAt(written, at)) {
    const isEscape = widthAt(written, at) === 2;
    letters.push(isEscape ? (ESCAPES[written.charAt(at + 1)] ?? '') : written.charAt(at));
  }
  return letters.join('');
}

/** Where in the file a letter of a word's text stands; one behind the last gives the end of the text. */
export function offsetIn(file: string, { start, end, quote }: WordPlace, index: number): number {
  const written = file.slice(start + quote, end - quote);
  let at = 0;
  for (let letters = 0; letters < index && at < written.length; letters += 1) at += widthAt(written, at);
  return start + quote + at;
}
