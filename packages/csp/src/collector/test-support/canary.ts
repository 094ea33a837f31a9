import fc from 'fast-check';

/** A card number, of any length that one may have. Its check digit may be wrong. */
export const canary = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 19 })
  .map((digits) => digits.join(''))
  .filter((number) => new Set(number).size > 3);

const encoded = (text: string): string =>
  Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
const wide = (number: string): string =>
  Array.from(number, (digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
const grouped =
  (gap: string) =>
  (number: string): string =>
    number.replaceAll(/.{4}(?=.)/gu, `$&${gap}`);

/** Ways in which a card number is written. */
export const forms = fc.oneof(
  fc.constantFrom(
    (number: string) => number,
    encoded,
    (number: string) => encoded(number).replaceAll('%', '%25'),
    wide,
    (number: string) => encodeURIComponent(wide(number)),
  ),
  fc.constantFrom(' ', '-', ' - ', '.', '/', '_', '+', '%20', '%2D', '\u00A0', '\u2013', '\u200B').map(grouped),
);

function unwrapped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll(/%([0-7][\da-f])/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}

/** Every digit of a text in its order, however it is written. */
export const digitsOf = (text: string): string =>
  Array.from(
    unwrapped(unwrapped(unwrapped(text)))
      .normalize('NFKC')
      .matchAll(/\d/gu),
    ([digit]) => digit,
  ).join('');
