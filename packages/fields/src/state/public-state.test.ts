import { decode, fieldState, type FactName, type FieldState } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf } from '../../test/numbers.js';
import { erase, focused, insert, leave, send, setupOf, type, type Desk } from '../../test/typist.js';
import { cardBrandOf } from '../brand/card-brand.js';
import { CARD_BRANDS, CARD_BRAND_NAMES } from '../data/card-brands.js';
import { digitsOf } from '../format/digits.js';
import { FIELD_DEFINITIONS } from '../registry.js';
import type { FieldSetup } from './model.js';
import { publicState } from './public-state.js';

const ALL: readonly FactName[] = ['brand', 'last4', 'bin'];
const middle = fc.stringMatching(/^\d{18}$/u);

/** What the page hears while a value is typed key by key, left, and taken away again key by key. */
function heard(setup: FieldSetup, keys: string): readonly FieldState[] {
  const states: FieldState[] = [];
  const hear = (desk: Desk): Desk => {
    states.push(publicState(desk.model));
    return desk;
  };
  let desk = hear(focused(setup));
  for (const key of keys) desk = hear(type(desk, key));
  desk = hear(leave(desk));
  desk = hear(send(desk, { type: 'focused' }));
  while (desk.input.text !== '') desk = hear(erase(desk, 'delete-backward'));
  return states;
}

/** Brand and length of every number whose way leads past no verdict that the check digit decides. */
const QUIET = CARD_BRAND_NAMES.flatMap((brand) => {
  const { lengths, luhn } = CARD_BRANDS[brand];
  return lengths.filter((length) => !luhn || length <= 16).map((length) => [brand, length] as const);
});

describe('T01 A32 two valid numbers of one brand and length cannot be told apart', () => {
  it.each(QUIET)('%s of %i digits', (brand, length) => {
    fc.assert(
      fc.property(middle, middle, (one, other) => {
        const [first, second] = [numberOf(brand, length, one), numberOf(brand, length, other)];
        // Some ranges of other brands lie within this one's.
        fc.pre(cardBrandOf(first) === brand && cardBrandOf(second) === brand);
        expect(heard(setupOf('card-number'), first)).toEqual(heard(setupOf('card-number'), second));
      }),
      { numRuns: 10 },
    );
  });

  it('of sixteen digits and any two brands, where no brand is disclosed', () => {
    const brands = CARD_BRAND_NAMES.filter((brand) => CARD_BRANDS[brand].lengths.includes(16));
    expect(brands.length).toBeGreaterThan(10);
    const traces = brands.map((brand) => heard(setupOf('card-number'), numberOf(brand, 16, '123456789012345678')));
    expect(new Set(traces.map((states) => JSON.stringify(states))).size).toBe(1);
  });

  // The bound of what is left: a Visa of 19 digits is judged once on its way, at 16.
  it('a longer number shows at most the verdict at sixteen digits', () => {
    fc.assert(
      fc.property(middle, (digits) => {
        const number = numberOf('visa', 19, digits);
        // Some ranges of other brands lie within Visa's.
        fc.pre(cardBrandOf(number) === 'visa');
        const states = heard(setupOf('card-number'), number).slice(0, 19);
        expect(
          states.map(({ status }) => status).filter((status) => status !== 'incomplete').length,
        ).toBeLessThanOrEqual(2);
        expect(states.every(({ facts }) => facts === undefined)).toBe(true);
      }),
    );
  });

  it('typed, pasted in pieces, or corrected on the way: a wrong number tells no more than that it is wrong', () => {
    fc.assert(
      fc.property(middle, middle, (one, other) => {
        const wrong = (digits: string): string => {
          const number = numberOf('visa', 16, digits);
          return number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
        };
        expect(heard(setupOf('card-number'), wrong(one))).toEqual(heard(setupOf('card-number'), wrong(other)));
      }),
    );
  });
});

describe('T01 other types', () => {
  it.each(['visa', 'amex', undefined] as const)('two security codes beside a %s look the same', (brand) => {
    const codes = fc.stringMatching(brand === 'amex' ? /^\d{4}$/u : /^\d{3}$/u);
    const hear = (code: string): unknown =>
      Array.from(code).reduce<{ desk: Desk; states: FieldState[] }>(
        ({ desk, states }, key) => {
          const next = type(desk, key);
          return { desk: next, states: [...states, publicState(next.model)] };
        },
        { desk: send(focused(setupOf('card-cvc')), { type: 'brand', brand }), states: [] },
      ).states;
    fc.assert(
      fc.property(codes, codes, (one, other) => {
        expect(hear(one)).toEqual(hear(other));
      }),
    );
  });

  it('two dates look the same while they are typed', () => {
    const dates = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 27, max: 45 }))
      .map(([month, year]) => `${String(month).padStart(2, '0')}${String(year)}`);
    fc.assert(
      fc.property(dates, dates, (one, other) => {
        expect(heard(setupOf('card-expiry'), one).slice(0, 6)).toEqual(
          heard(setupOf('card-expiry'), other).slice(0, 6),
        );
      }),
    );
  });
});

describe('A32 what the page hears', () => {
  const types = Object.values(FIELD_DEFINITIONS).map((definition) => definition.type);
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^\d{2,19}$/u));

  it('fits the contract, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), anything, (fieldType, text) => {
        const desk = insert(focused(setupOf(fieldType, { disclose: ALL })), text, 'autofill');
        const state = publicState(desk.model);
        expect(decode(fieldState, state)).toEqual({ ok: true, value: state });
      }),
    );
  });

  it('holds no two neighbouring digits and no word of the value when nothing is disclosed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), anything, (fieldType, text) => {
        const desk = insert(focused(setupOf(fieldType)), text, 'autofill');
        const state = publicState(desk.model);
        expect(digitsOf(JSON.stringify(state))).toBe('');
        expect(Object.keys(state).sort().join()).toMatch(/^(?:error,)?focused,name,status,touched$/u);
        expect(state.facts).toBeUndefined();
      }),
    );
  });

  it.each([
    [['last4'], '4444'],
    [['bin'], '55555555'],
    [['brand'], ''],
    [['last4', 'bin'], '444455555555'],
  ] as const)('holds no digits beyond %j', (disclose, digits) => {
    const desk = insert(focused(setupOf('card-number', { disclose })), '5555555555554444', 'autofill');
    expect(digitsOf(Object.values(publicState(desk.model).facts ?? {}).join(''))).toBe(digits);
    expect(digitsOf(JSON.stringify({ ...publicState(desk.model), facts: undefined }))).toBe('');
  });

  it('holds no facts before the shopper has settled, nor of a number that is wrong or being changed', () => {
    const setup = setupOf('card-number', { disclose: ALL });
    const typed = type(focused(setup), '4242424242424242');
    expect(publicState(typed.model).status).toBe('valid');
    expect(publicState(typed.model).facts).toBeUndefined();
    const left = leave(typed);
    expect(publicState(left.model).facts).toEqual({ brand: 'visa', last4: '4242', bin: '42424242' });
    const again = send(left, { type: 'focused' });
    expect(publicState(again.model).facts).toBeDefined();
    expect(publicState(erase(again, 'delete-backward').model).facts).toBeUndefined();
    const wrong = leave(type(focused(setup), '4242424242424241'));
    expect(publicState(wrong.model).facts).toBeUndefined();
  });

  it('only the render effect ever holds the value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.stringMatching(/^\d{2,19}$/u), (fieldType, text) => {
        const setup = setupOf(fieldType, { name: 'f' });
        const desk = leave(type(focused(setup), text));
        const rest = desk.effects.filter((effect) => effect.type !== 'render');
        expect(digitsOf(JSON.stringify(rest))).toBe('');
      }),
    );
  });
});
