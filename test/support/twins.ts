import { FIELD_DEFINITIONS } from '@cloister/fields';
import type { FieldType } from '@cloister/protocol';
import fc from 'fast-check';

/** 2030-01-01, for verdicts that no test waits for. */
const SOMEDAY = Date.UTC(2030, 0, 1);

const digits = (count: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((number) => String(number).padStart(count, '0'));

/** Whether a value is right, by the rules of its type. */
const isRight = (type: FieldType, value: string): boolean =>
  FIELD_DEFINITIONS[type].judge(value, { now: SOMEDAY, brand: undefined, settled: true }).status === 'valid';

/** What two card numbers have in common that may be disclosed: first eight digits, last four, length; and so the brand. */
interface NumberClass {
  readonly begin: string;
  readonly end: string;
  /** Digits between the two. */
  readonly free: number;
}

/** Right numbers of one class: all but the last free digit are chosen, and that one makes the check digit right. */
const numbers = ({ begin, end, free }: NumberClass): fc.Arbitrary<string> =>
  digits(free - 1).map((middle) => {
    const all = Array.from('0123456789', (last) => `${begin}${middle}${last}${end}`);
    return all.find((number) => isRight('card-number', number)) ?? '';
  });

/** A class of each length that is judged once only, when the last digit was typed or the shopper has left. */
const NUMBER_CLASSES: readonly NumberClass[] = [
  { begin: '42424242', end: '4242', free: 4 },
  { begin: '55555555', end: '4444', free: 4 },
  { begin: '62000000', end: '0005', free: 4 },
  { begin: '37828224', end: '0005', free: 3 },
  { begin: '36227206', end: '1667', free: 2 },
];

const letters = (count: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from('abcdeéfghijklmnñoprstuüxyz')), { minLength: count, maxLength: count })
    .map((word) =>
      // A name begins with a capital, and so does a note.
      word.join('').replace(/^./u, (first) => first.toUpperCase()),
    );

/** Months of years whose last digit may be mistyped by one, and still be good. */
const months: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 31, max: 38 }))
  .map(([month, year]) => `${String(month).padStart(2, '0')}${String(year)}`);

/**
 * The classes of secrets of each type: whatever may be disclosed is the same for all of one class, and each takes as many
 * keys. A field type without a class does not compile.
 */
export const SECRET_CLASSES: Readonly<Record<FieldType, readonly fc.Arbitrary<string>[]>> = {
  'card-number': NUMBER_CLASSES.map(numbers),
  'card-expiry': [months],
  'card-cvc': [digits(3), digits(4)],
  'person-name': [letters(5)],
  text: [letters(5), digits(6)],
};

/** Two secrets of one class. */
export type Twins = readonly [one: string, other: string];

/** Any two of a class that are not the same. */
export const twinsOf = (secrets: fc.Arbitrary<string>): fc.Arbitrary<Twins> =>
  fc.tuple(secrets, secrets).filter(([one, other]) => one !== other);
