import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erase, focused, insert, place, play, send, setupOf, showLine, type } from '../../test/typist.js';
import { digitsOf } from '../format/digits.js';

const number = setupOf('card-number');
const expiry = setupOf('card-expiry');
const cvc = setupOf('card-cvc');

/** `before + steps`, and what the field draws then. */
const NUMBERS: readonly (readonly [string, string])[] = [
  // typing
  ['| + 4', '4|'],
  ['4242| + 1', '4242 1|'],
  ['| + 4242424242424242', '4242 4242 4242 4242|'],
  ['4242 |4242 + 1', '4242 1|424 2'],
  ['4242| 4242 + 1', '4242 1|424 2'],
  ['42|42 4242 + 1', '421|4 2424 2'],
  ['|4242 + 1', '1|424 2'],
  ['| + 378282246310005', '3782 822463 10005|'],
  ['| + 36148900647913', '3614 890064 7913|'],
  // what is not a digit
  ['4242| + x', '4242|'],
  ['42|42 + -', '42|42'],
  ['| + ٤٢٤٢', '4242|'],
  ['| + ４２４２', '4242|'],
  ['| + ४२४२', '4242|'],
  // deleting
  ['4242 1| + ⌫', '4242|'],
  ['4242 |1234 + ⌫', '424|1 234'],
  ['4242| 1234 + ⌫', '424|1 234'],
  ['4242| 1234 + ⌦', '4242 |234'],
  ['4242 |1234 + ⌦', '4242 |234'],
  ['424|2 1234 + ⌦', '424|1 234'],
  ['|4242 + ⌫', '|4242'],
  ['4242| + ⌦', '4242|'],
  ['42[42 42]42 + ⌫', '42|42'],
  ['4242[ ]4242 + ⌫', '4242| 4242'],
  ['[4242] + ⌫', '|'],
  // pasting and filling
  ['| + paste 4242 4242-4242.4242', '4242 4242 4242 4242|'],
  ['| + paste  card: 4242424242424242\t', '4242 4242 4242 4242|'],
  ['| + paste 42424242424242424242424242', '4242 4242 4242 4242 424|'],
  ['| + paste 55555555555544445555', '5555 5555 5555 4444|'],
  ['4|2 + paste 99', '499|2'],
  ['[4242 4242] + paste 5555', '5555|'],
  ['4242 42[42 4242 42]42 + 1', '4242 421|4 2'],
  ['4242| + whole 378282246310005', '3782 822463 10005|'],
  // a full field
  ['5555 5555 5555 4444| + 1', '5555 5555 5555 4444|'],
  ['5555 |5555 5555 4444 + 1', '5555 |5555 5555 4444'],
  ['5555 [5]555 5555 4444 + 1', '5555 1|555 5555 4444'],
  // the brand regroups, and no digit is lost when the new one has room for fewer
  ['3|782 822463 10005 + ⌫', '|7828 2246 3100 05'],
  ['|7828 2 + 3', '3|782 82'],
];

const EXPIRIES: readonly (readonly [string, string])[] = [
  ['| + 1', '1|'],
  ['| + 5', '05/|'],
  ['| + 12', '12/|'],
  ['| + 13', '01/3|'],
  ['| + 1/', '01/|'],
  ['| + 1230', '12/30|'],
  ['| + 12/30', '12/30|'],
  ['| + 1 /30', '01/30|'],
  ['| + 12/2030', '12/30|'],
  ['| + 122030', '12/30|'],
  ['| + 12/20', '12/20|'],
  ['12/30| + 9', '12/30|'],
  ['|12/30 + 9', '|12/30'],
  ['12/| + ⌫', '1|'],
  ['05/| + ⌫', '0|'],
  ['12/3| + ⌫', '12/|'],
  ['12|/30 + ⌦', '12/|0'],
  ['12/|30 + ⌫', '1|3/0'],
  ['1[2/3]0 + 1', '11|/0'],
  ['| + paste 12/30', '12/30|'],
  ['| + paste 12/2030', '12/30|'],
  ['| + paste 12-30', '12/30|'],
  ['| + paste 2030-12', '12/30|'],
  ['| + paste 2030-12-31', '12/30|'],
  ['| + paste 12 / 2030', '12/30|'],
  ['| + paste 5/30', '05/30|'],
  ['| + paste 122030', '12/30|'],
  ['| + paste 203012', '12/30|'],
  ['| + paste 12/1930', '12/1930|'],
  ['| + paste ١٢/٢٠٣٠', '12/30|'],
  ['| + whole 12/2030', '12/30|'],
];

describe('caret tables', () => {
  it.each(NUMBERS)('card-number: %s => %s', (steps, after) => {
    expect(play(number, steps)).toBe(after);
  });

  it.each(EXPIRIES)('card-expiry: %s => %s', (steps, after) => {
    expect(play(expiry, steps)).toBe(after);
  });

  it.each([
    ['| + 12345', '1234|'],
    ['12|3 + 9', '129|3'],
    ['| + paste 12 34 56', '1234|'],
    ['| + １２３', '123|'],
  ])('card-cvc: %s => %s', (steps, after) => {
    expect(play(cvc, steps)).toBe(after);
  });
});

describe('a composition', () => {
  const composing = (): ReturnType<typeof focused> => {
    const desk = send(place(number, '4242|'), { type: 'composition-start' });
    return insert(desk, '12', 'composition');
  };

  it('is left alone until it ends', () => {
    expect(showLine(composing().input)).toBe('424212|');
  });

  it('is laid out when it has ended', () => {
    const desk = composing();
    expect(showLine(send(desk, { type: 'composition-end', ...desk.input, now: 1 }).input)).toBe('4242 12|');
  });

  it('ends with the focus', () => {
    expect(composing().model.text).toBe('424212');
    expect(send(composing(), { type: 'blurred', now: 1 }).model.text).toBe('4242 12');
  });

  it('can take a separator away, as Android deletes, without being stuck there', () => {
    const desk = send(place(expiry, '05/|'), { type: 'composition-start' });
    const line = { text: '05', selection: { start: 2, end: 2 } };
    expect(showLine(send(desk, { type: 'composition-end', ...line, now: 1 }).input)).toBe('0|');
  });
});

const digit = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
const digits = (max: number): fc.Arbitrary<string> => fc.array(digit, { maxLength: max }).map((list) => list.join(''));

/** Digits left of the caret. */
const leftOf = (desk: ReturnType<typeof focused>): string =>
  digitsOf(desk.input.text.slice(0, desk.input.selection.start));

describe('laws of editing', () => {
  it('a number keeps exactly the digits that were typed, in order', () => {
    fc.assert(
      fc.property(digits(12), (typed) => {
        expect(digitsOf(type(focused(number), typed).input.text)).toBe(typed);
      }),
    );
  });

  it('laying out again changes nothing', () => {
    fc.assert(
      fc.property(digits(19), fc.constantFrom(number, expiry, cvc), (typed, setup) => {
        const once = type(focused(setup), typed);
        const again = insert(send(once, { type: 'selected', selection: { start: 0, end: 99 } }), '', 'other');
        const whole = insert(
          { ...once, input: { text: '', selection: { start: 0, end: 0 } } },
          once.input.text,
          'paste',
        );
        expect(again.input.text).toBe('');
        expect(whole.input.text).toBe(once.input.text);
      }),
    );
  });

  it('the caret stays behind the digit that was typed, wherever that was', () => {
    fc.assert(
      fc.property(digits(11), fc.nat(14), digit, (typed, at, key) => {
        const before = type(focused(number), typed);
        const start = Math.min(at, before.input.text.length);
        const desk = send(before, { type: 'selected', selection: { start, end: start } });
        const left = leftOf(desk);
        expect(leftOf(type(desk, key))).toBe(left + key);
      }),
    );
  });

  it('backspace takes exactly the digit left of the caret, delete exactly the one right of it', () => {
    fc.assert(
      fc.property(digits(12), fc.nat(15), (typed, at) => {
        const before = type(focused(number), typed);
        const start = Math.min(at, before.input.text.length);
        const desk = send(before, { type: 'selected', selection: { start, end: start } });
        const count = leftOf(desk).length;
        const back = erase(desk, 'delete-backward');
        const forth = erase(desk, 'delete-forward');
        expect(digitsOf(back.input.text)).toBe(typed.slice(0, Math.max(0, count - 1)) + typed.slice(count));
        expect(leftOf(back)).toBe(typed.slice(0, Math.max(0, count - 1)));
        expect(digitsOf(forth.input.text)).toBe(typed.slice(0, count) + typed.slice(count + 1));
        expect(leftOf(forth)).toBe(typed.slice(0, count));
      }),
    );
  });
});
