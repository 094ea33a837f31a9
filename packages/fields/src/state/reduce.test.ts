import type { CardBrand, FieldErrorCode } from '@cloister/protocol';
import { Secret } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import {
  TODAY,
  erase,
  focused,
  insert,
  leave as blur,
  parseLine,
  send,
  setupOf,
  showLine,
  sitDown,
  type,
  type Desk,
} from '../../test/typist.js';
import { digitsOf } from '../format/digits.js';
import type { FieldEffect } from './event.js';
import { isSettled, isUndecided } from './model.js';
import { publicState } from './public-state.js';
import { submitValue } from './submit-value.js';

const number = setupOf('card-number');
const expiry = setupOf('card-expiry');
const cvc = setupOf('card-cvc');
const name = setupOf('person-name');

const focus = (desk: Desk): Desk => send(desk, { type: 'focused' });
const validate = (desk: Desk): Desk => send(desk, { type: 'validated', now: TODAY });
const brand = (desk: Desk, value: CardBrand | undefined): Desk => send(desk, { type: 'brand', brand: value });
const said = (desk: Desk): string => {
  const { status, error } = publicState(desk.model);
  return error === undefined ? status : `${status}: ${error}`;
};
const only = (desk: Desk, kind: FieldEffect['type']): readonly FieldEffect[] =>
  desk.effects.filter((effect) => effect.type === kind);

describe('errors', () => {
  it('wait until the field was left', () => {
    const typed = type(focused(number), '4242');
    expect(said(typed)).toBe('incomplete');
    expect(said(blur(typed))).toBe('incomplete: incomplete');
  });

  it('go away while the shopper mends the value, and come back when he leaves', () => {
    const wrong = blur(type(focused(number), '4242424242424241'));
    expect(said(wrong)).toBe('invalid: number-check');
    const mending = erase(focus(wrong), 'delete-backward');
    expect(said(mending)).toBe('incomplete');
    expect(said(blur(mending))).toBe('invalid: number-length');
    expect(said(type(mending, '2'))).toBe('valid');
  });

  it('name what a submit misses', () => {
    expect(said(validate(sitDown(number)))).toBe('empty: required');
    expect(said(validate(sitDown(setupOf('card-number', { optional: true }))))).toBe('empty');
    expect(said(validate(type(focused(expiry), '12')))).toBe('incomplete: incomplete');
  });

  it.each([
    ['4222222222222', 'passes the check as the beginning of something longer'],
    ['4222222222223', 'does not'],
    ['67597649826438', 'has a brand whose numbers have many lengths'],
  ])('A29 A32 a page that asks at every key learns nothing of a number that grows: %s %s', (digits) => {
    const setup = setupOf('card-number', { disclose: ['brand', 'last4', 'bin'] });
    let desk = focused(setup);
    for (const digit of digits) {
      desk = validate(type(desk, digit));
      expect(publicState(desk.model)).toEqual({
        name: 'field',
        status: 'incomplete',
        error: 'incomplete',
        focused: true,
        touched: true,
      });
      expect(isSettled(desk.model)).toBe(false);
    }
  });

  it('Enter says that what stands there is meant', () => {
    const typed = type(focused(number), '4222222222222');
    expect(said(validate(typed))).toBe('incomplete: incomplete');
    expect(said(send(typed, { type: 'settled', now: TODAY }))).toBe('valid');
    expect(said(blur(validate(typed)))).toBe('valid');
    expect(said(validate(blur(typed)))).toBe('valid');
  });

  it.each(['4222222222222', '4222222222223', '36227206271667', '6205500000000000004'.slice(0, 17), '4242'])(
    'A32 A52 a page that takes the focus between two keys and gives it back learns nothing of a number that grows: %s',
    (digits) => {
      const setup = setupOf('card-number', { disclose: ['brand', 'last4', 'bin'] });
      let desk = focused(setup);
      for (const digit of digits) {
        desk = send(type(desk, digit), { type: 'blurred', now: TODAY });
        const away = { name: 'field', focused: false, touched: true };
        const usual = digitsOf(desk.input.text).length === 16;
        expect(publicState(desk.model)).toEqual({ ...away, status: usual ? 'valid' : 'incomplete' });
        expect(isUndecided(desk.model)).toBe(!usual);
        desk = focus(desk);
      }
      // Only then is it known that the shopper meant it.
      expect(said(send(desk, { type: 'settled', now: TODAY }))).not.toBe('incomplete');
    },
  );

  it('A52 an input method that lets go of its text when the focus is taken settles nothing', () => {
    const typed = send(type(focused(number), '422222222222'), { type: 'composition-start' });
    const { text } = typed.input;
    const selection = { start: text.length + 1, end: text.length + 1 };
    const taken = send(typed, { type: 'blurred', now: TODAY });
    const late = send(taken, { type: 'composition-end', text: `${text}2`, selection, now: TODAY });
    expect(digitsOf(late.input.text)).toBe('4222222222222');
    expect(said(late)).toBe('incomplete');
  });

  it('an empty number is missing as soon as the focus goes', () => {
    expect(said(send(focused(number), { type: 'blurred', now: TODAY }))).toBe('empty: required');
  });

  it('of other types are settled by a submit, also while the shopper is in the field', () => {
    expect(said(validate(type(focused(cvc), '123')))).toBe('valid');
  });

  it('are announced once each', () => {
    const desk = validate(validate(blur(type(focused(number), '4242424242424241'))));
    const cleared = erase(focus(desk), 'delete-backward');
    const codes = only(cleared, 'error').map((effect) => ('error' in effect ? effect.error : undefined));
    expect(codes).toEqual<(FieldErrorCode | undefined)[]>(['number-check', undefined]);
  });

  it('white space alone is nothing', () => {
    expect(said(blur(type(focused(name), '   ')))).toBe('empty: required');
  });
});

describe('one form', () => {
  it('a number tells its brand when it changes, and to nobody else', () => {
    const desk = type(focused(number), '40117812');
    expect(only(desk, 'brand')).toEqual([
      { type: 'brand', brand: 'visa' },
      { type: 'brand', brand: 'elo' },
    ]);
  });

  it('a security code is judged again when the brand changes', () => {
    const three = blur(type(focused(cvc), '123'));
    expect(said(three)).toBe('valid');
    expect(said(brand(three, 'amex'))).toBe('invalid: cvc-length');
    expect(said(brand(brand(three, 'amex'), 'visa'))).toBe('valid');
    const four = type(focused(cvc), '1234');
    expect(said(brand(four, 'visa'))).toBe('invalid');
    expect(brand(four, 'visa').input.text).toBe('1234');
  });

  it('a security code that hears of a brand has none of its own to tell', () => {
    expect(only(brand(focused(cvc), 'amex'), 'brand')).toEqual([]);
  });

  it('a security code takes as many digits as its brand has', () => {
    expect(type(brand(focused(cvc), 'visa'), '12345').input.text).toBe('123');
    expect(type(brand(focused(cvc), 'amex'), '12345').input.text).toBe('1234');
  });
});

describe('a value filled in at once', () => {
  it.each([
    ['card-number', '4222222222222', '4222 2222 2222 2'],
    ['card-number', '4242424242424242', '4242 4242 4242 4242'],
    ['card-expiry', '12/2030', '12/30'],
    ['card-cvc', '123', '123'],
    ['person-name', 'Ada Lovelace', 'Ada Lovelace'],
  ] as const)('%s %s is valid in one step', (fieldType, text, shown) => {
    const empty = focused(setupOf(fieldType));
    const desk = insert({ ...empty, effects: [] }, text, 'autofill');
    expect(desk.input.text).toBe(shown);
    expect(said(desk)).toBe('valid');
    expect(only(desk, 'publish')).toHaveLength(1);
  });

  it('a field that nobody is in is judged at once', () => {
    expect(said(insert(sitDown(number), '4222222222222', 'other'))).toBe('valid');
  });
});

describe('submitting', () => {
  it.each([
    ['card-number', '4242 4242 4242 4242', '4242424242424242'],
    ['card-expiry', '1/30', '2030-01'],
    ['card-cvc', '٠١٢', '012'],
    ['person-name', ' Jose\u0301  Silva ', 'José Silva'],
    ['text', ' a  b ', 'a b'],
  ] as const)('%s %s goes as %s', (fieldType, text, canonical) => {
    const secret = submitValue(insert(focused(setupOf(fieldType)), text, 'paste').model, TODAY);
    expect(secret).toBeInstanceOf(Secret);
    expect(secret?.expose()).toBe(canonical);
    expect(JSON.stringify(secret)).toBe('""');
  });

  it.each(['', '4242', '4242424242424241'])('“%s” does not go', (text) => {
    expect(submitValue(type(focused(number), text).model, TODAY)).toBeUndefined();
  });

  it('a date that was valid when it was typed may have passed since', () => {
    const { model } = blur(type(focused(expiry), '1126'));
    expect(isSettled(model)).toBe(true);
    expect(submitValue(model, TODAY)?.expose()).toBe('2026-11');
    expect(submitValue(model, Date.UTC(2027, 0))).toBeUndefined();
    expect(said(send({ ...sitDown(expiry), model }, { type: 'validated', now: Date.UTC(2027, 0) }))).toBe(
      'invalid: expiry-past',
    );
  });

  it('an optional field may stay empty, but not wrong', () => {
    const setup = setupOf('card-number', { optional: true });
    expect(isSettled(sitDown(setup).model)).toBe(true);
    expect(isSettled(sitDown(number).model)).toBe(false);
    expect(isSettled(type(focused(setup), '42').model)).toBe(false);
  });
});

describe('undo and redo', () => {
  const undo = (desk: Desk): Desk => send(desk, { type: 'undo', now: TODAY });
  const redo = (desk: Desk): Desk => send(desk, { type: 'redo', now: TODAY });

  it('keys in a row are one step, a pause begins another', () => {
    const desk = type(type(focused(number), '42', TODAY), '42', TODAY + 5000);
    expect(showLine(undo(desk).input)).toBe('42|');
    expect(showLine(undo(undo(desk)).input)).toBe('|');
    expect(showLine(redo(redo(undo(undo(desk)))).input)).toBe('4242|');
  });

  it('moving the caret, pasting and deleting begin steps', () => {
    const moved = send(type(focused(number), '42'), { type: 'selected', selection: { start: 1, end: 1 } });
    const desk = erase(insert(type(moved, '1'), '99', 'paste'), 'delete-backward');
    const texts = [desk, undo(desk), undo(undo(desk)), undo(undo(undo(desk)))].map(({ input }) => input.text);
    expect(texts).toEqual(['4192', '4199 2', '412', '42']);
  });

  it('gives back what a select-and-replace took, with the selection', () => {
    const { selection } = parseLine('4[242 424]2');
    const desk = type(send(type(focused(number), '42424242'), { type: 'selected', selection }), '1');
    expect(showLine(desk.input)).toBe('41|2');
    expect(showLine(undo(desk).input)).toBe('4[242 424]2');
  });

  it('a refused key is no step', () => {
    expect(undo(type(focused(number), 'x')).input.text).toBe('');
    expect(undo(type(type(focused(number), '5555555555554444'), '1')).input.text).toBe('');
  });

  it('clearing leaves nothing to go back to', () => {
    const desk = send(type(focused(number), '4242'), { type: 'cleared' });
    expect(JSON.stringify(desk.model)).not.toContain('42');
    expect(undo(desk).input.text).toBe('');
    expect(said(desk)).toBe('empty');
  });

  it('keeps a bounded past', () => {
    const desk = Array.from({ length: 200 }).reduce<Desk>(
      (next, _, index) => insert(next, index % 2 === 0 ? '4' : '5', 'paste'),
      focused(setupOf('text')),
    );
    expect(desk.model.history.undo).toHaveLength(50);
  });
});
