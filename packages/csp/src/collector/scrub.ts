/**
 * Takes out of a text what must not be stored. Reports carry addresses and code of a page on which people type card numbers.
 *
 * Security: digits are recognised in any script and percent-encoded any number of times; what a page encoded in another way (base64,
 * another alphabet, a digit in each field) is not.
 */

const REMOVED = '(digits)';

/** What stands before an encoded byte, also where the text was encoded repeatedly. */
const BYTE = '%(?:25)*';
/** A digit: of any script; in ASCII, of full width, Arabic or Persian also where it is percent-encoded. */
const DIGIT = String.raw`\p{Nd}|${BYTE}3\d|${BYTE}ef${BYTE}bc${BYTE}9\d|${BYTE}d9${BYTE}a\d|${BYTE}db${BYTE}b\d`;
/** What people and programs put between digits. No colon: addresses have ports behind theirs. */
const GAP = String.raw`[\s\p{Pd}\p{Pc}\p{Cf}./+,*|·]|${BYTE}(?:2[0a-f]|5f|7c)|${BYTE}c2${BYTE}a0|${BYTE}e2${BYTE}80${BYTE}[89][\da-f]`;
/** In code and in sentences anything may stand between digits: quotes and commas of a list, colons, equals signs. */
const ANY_GAP = String.raw`[^\p{L}\p{N}\p{M}%]|${GAP}`;
/** Digits and gaps have no letter in common, so that each letter is looked at once. */
const runOf = (gap: string): RegExp => new RegExp(`(?:${DIGIT})(?:(?:${gap}){0,3}(?:${DIGIT}))*`, 'giu');
const RUN = runOf(GAP);
const RUN_IN_TEXT = runOf(ANY_GAP);
const ONE_DIGIT = new RegExp(DIGIT, 'giu');

/** Card numbers have 13 to 19 digits (ISO/IEC 7812-1); longer runs may have one inside. The check digit is not asked: typing errors are numbers too. */
const SHORTEST_CARD = 13;

const countDigits = (run: string): number => Array.from(run.matchAll(ONE_DIGIT)).length;

const withoutRuns = (text: string, run: RegExp): string =>
  text.replaceAll(run, (found) => (countDigits(found) < SHORTEST_CARD ? found : REMOVED));

/** Replaces runs of 13 or more digits, with whatever separates them. */
export const scrubDigits = (text: string): string => withoutRuns(text, RUN);

const LONGEST_URL = 1024;
const WEB = new Set(['http:', 'https:', 'ws:', 'wss:']);

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * Origin and path are looked at as one, for a slash may stand between digits. Those of other scripts are percent-encoded in a path, so that
 * it is read as people would; what cannot be read is not kept.
 */
function scrubPlace(origin: string, path: string): string {
  const readable = decoded(path);
  if (readable === undefined) return `${scrubDigits(origin)}/(unreadable)`;
  const place = origin + readable;
  const scrubbed = scrubDigits(origin + withoutRuns(readable, RUN_IN_TEXT));
  return scrubbed === place ? scrubDigits(origin + path) : encodeURI(scrubbed);
}

/** Words that stand where an address would: `inline`, `eval`, `data`, `chrome-extension`. */
const isWord = (text: string): boolean => /^[a-z][a-z-]{0,39}$/iu.test(text);

/**
 * The part of an address that says where something is: origin and path. Queries, fragments and passwords go; every scheme that is not of
 * the web is named alone, because `data:` and `blob:` are contents and the name of an extension may tell its user.
 *
 * @returns a word that stands for an address as it is, and `''` for what is neither.
 */
export function scrubUrl(text: string): string {
  if (isWord(text)) return text.toLowerCase();
  if (!URL.canParse(text)) return '';
  const { protocol, origin, pathname } = new URL(text);
  if (!WEB.has(protocol)) return isWord(protocol.slice(0, -1)) ? protocol : '';
  return copied(scrubPlace(origin, pathname.slice(0, LONGEST_READ)).slice(0, LONGEST_URL));
}

const LONGEST_TEXT = 300;
/** What is looked at: a body may be one long text. */
const LONGEST_READ = 4096;
/** Addresses inside of a text, up to what ends them there. */
const ADDRESSES = /(?:[a-z][\d+.a-z-]{0,30}:\/\/|\b(?:blob|data):)[^\s"'<>]*/giu;
/** What ends a line, or a terminal obeys. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

/** A text of its own. The part of a longer one would keep all of that in memory. */
const copied = (text: string): string => Array.from(text).join('');

/**
 * A text for people, or a piece of code: its addresses lose what `scrubUrl` drops. Digits are looked for before that and after, because to
 * take something out may bring digits together, and to write an address anew may set them apart.
 */
export function scrubText(text: string): string {
  const read = text.slice(0, LONGEST_READ).replaceAll(CONTROLS, ' ');
  const plain = withoutRuns(read, RUN_IN_TEXT).replaceAll(ADDRESSES, scrubUrl);
  return copied(withoutRuns(plain, RUN_IN_TEXT).slice(0, LONGEST_TEXT));
}

const LONGEST_POLICY = 8192;

/** A policy: addresses lose their queries, nonces are for one answer only. One that is too long is not kept, for a part of it would lie. */
export function scrubPolicy(text: string): string | undefined {
  if (text.length > LONGEST_POLICY) return undefined;
  const plain = text.replaceAll(CONTROLS, ' ').replaceAll(/\/\/[^\s/@]*@/gu, '//');
  return scrubDigits(plain.replaceAll(/[#?][^\s,;]*/gu, '').replaceAll(/'nonce-[^\s',;]*'/giu, "'nonce-removed'"));
}
