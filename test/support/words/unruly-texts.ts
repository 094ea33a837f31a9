const many = (part: string, count: number): string => part.repeat(count).slice(0, 200);

/** Every character that turns the direction of text (UAX #9 §2), unclosed. */
const DIRECTIONS = ['\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u061C', '\u200E', '\u200F'];

/** Characters that are not seen, or part words where nobody sees it. */
const UNSEEN = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u034F', '\u180E', '\u3164', '\uFFA0'];

/** Controls, line ends and noncharacters, of which some have ended texts early. */
const CONTROLS = ['\u0000', '\u0001', '\b', '\t', '\n', '\v', '\f', '\r', '\u001B', '\u007F', '\u0085', '\u2028'];

/** What stands alone where UTF-16 wants a pair, and what no encoder likes. */
const BROKEN = ['\uD800', '\uDC00', '\uDFFF\uD800', '\uD83D', '\uFFFE', '\uFFFF', '\uFFFD', '\u{10FFFF}', '\u{E0001}'];

/** Letters that reach far above and below their line, or far to the side. */
export const CLIMBING: readonly string[] = [
  many(`x${'\u0301'.repeat(19)}`, 10),
  many(`x${'\u0316'.repeat(19)}`, 10),
  many(
    'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324\u031E\u0349\u035A\u032F\u031E\u0320\u034D',
    20,
  ),
  many('\u0E01\u0E49\u0E49\u0E49\u0E49\u0E49\u0E49\u0E49', 30),
  many('\u0F0B\u0F74\u0F74\u0F74\u0F74\u0F72\u0F72\u0F72', 30),
];

/** Letters that are as wide as a line, or that no line may end between. */
export const SPREADING: readonly string[] = [
  many('\u20DD\u20DE\u20E3\u0488\u0489', 40),
  many('\uFDFD', 100),
  many('\u{12219}', 100),
];

/** Texts without markup that have upset programs that show texts. */
export const UNRULY_TEXTS: readonly string[] = [
  ...[...DIRECTIONS, ...UNSEEN, ...CONTROLS, ...BROKEN].map((each) => `Card ${each}number ${each}4242`),
  ...[DIRECTIONS, UNSEEN, CONTROLS, BROKEN].map((some) => `Card ${many(some.join(''), 19)}`),
  `Card ${many('\u202E\u2067', 95)}`,
  many('\u202E\u2067', 60) + 'rebmun draC' + many('\u2069\u202C', 60).slice(0, 60),
  many('\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', 60),
  many('\u05D0\u0661a1', 50),
  'W'.repeat(200),
  'i'.repeat(200),
  many('W ', 100),
  many('\u00A0', 200),
  many('\u2014\u2060', 100),
  '0'.repeat(200),
  '\u202E4242 4242 4242 4242',
  ...CLIMBING,
];

/** Far longer than any text may be. */
export const GIANT: string = 'x'.repeat(10_000);
