import { digitsOf } from '../format/digits.js';
import { canonicalText } from '../format/plain-text.js';
import { INCOMPLETE, VALID, invalid, type Circumstances, type Verdict } from './verdict.js';

/**
 * Controls, lone surrogates, and the directional overrides, embeddings and isolates (UAX #9 §2), which could make a value
 * read differently from what it is.
 */
const REFUSED = /^[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]$/u;
const LETTER = /^\p{L}$/u;

/** The shortest card number: nobody's name has that many digits, but people paste their card into the wrong field. */
const CARD_DIGITS = 12;

const NAME_MAX = 100;
const TEXT_MAX = 500;

function judgeCharacters(characters: readonly string[], max: number): Verdict {
  if (characters.some((character) => REFUSED.test(character))) return invalid('characters');
  return characters.length > max ? invalid('too-long') : VALID;
}

/** Judges any text of 1 to 500 characters (code points of its canonical form). */
export const judgeText = (text: string): Verdict => judgeCharacters(Array.from(canonicalText(text)), TEXT_MAX);

/** Judges a name in any script: at least one letter or ideograph, at most 100 characters, and no card number. */
export function judgeName(text: string, { settled }: Circumstances): Verdict {
  const characters = Array.from(canonicalText(text));
  if (digitsOf(text).length >= CARD_DIGITS) return invalid('characters');
  const verdict = judgeCharacters(characters, NAME_MAX);
  if (verdict.status !== 'valid' || characters.some((character) => LETTER.test(character))) return verdict;
  return settled ? invalid('characters') : INCOMPLETE;
}
