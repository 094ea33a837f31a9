import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf } from './digits.js';
import { canonicalExpiry, layoutExpiry, readExpiry } from './expiry-digits.js';
import { groupCardNumber } from './group-digits.js';
import { canonicalText } from './plain-text.js';

describe('digits', () => {
  it.each([
    ['4242 4242-4242.4242', '4242424242424242'],
    ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['०१२३४५६७८९', '0123456789'],
    ['০১২৩৪৫৬৭৮৯', '0123456789'],
    ['๐๑๒๓๔๕๖๗๘๙', '0123456789'],
    ['０１２３４５６７８９', '0123456789'],
    ['𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗', '0123456789'],
    ['𝟢𝟣𝟤𝟥𝟶𝟷𝟿', '0123019'],
    ['²½Ⅳ一', ''],
    ['', ''],
  ])('%s are %s', (text, digits) => {
    expect(digitsOf(text)).toBe(digits);
  });

  it('of any text are ASCII, and are their own digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const digits = digitsOf(text);
        expect(digitsOf(digits)).toBe(digits);
        expect(Array.from(digits).every((digit) => digit >= '0' && digit <= '9')).toBe(true);
      }),
    );
  });
});

describe('layout', () => {
  it.each([
    ['4242424242424242', '4242 4242 4242 4242'],
    ['4242424242424242424', '4242 4242 4242 4242 424'],
    ['378282246310005', '3782 822463 10005'],
    ['36227206271667', '3622 720627 1667'],
    ['362272062716670', '3622 7206 2716 670'],
    ['', ''],
  ])('%s reads %s', (digits, text) => {
    expect(groupCardNumber(digits)).toBe(text);
  });

  it.each([groupCardNumber, layoutExpiry])('taken away again it leaves the digits', (layout) => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,19}$/u), (digits) => {
        expect(digitsOf(layout(digits))).toBe(digits);
      }),
    );
  });

  it('of an expiry date is read back as what it was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,5}$/u), (digits) => {
        expect(readExpiry(layoutExpiry(digits))).toBe(digits);
      }),
    );
  });
});

describe('canonical forms', () => {
  it.each([
    ['12/30', '2030-12'],
    ['1/30', '2030-01'],
    ['2030-12', '2030-12'],
    ['12/1930', '1930-12'],
    ['12/3', ''],
    ['', ''],
  ])('the date %s is %s', (text, canonical) => {
    expect(canonicalExpiry(readExpiry(text))).toBe(canonical);
  });

  it.each([
    ['  Ada \t\n  Lovelace ', 'Ada Lovelace'],
    ['Jose\u0301', 'José'],
    ['山田\u3000太郎', '山田 太郎'],
    ['   ', ''],
  ])('the text %j is %j', (text, canonical) => {
    expect(canonicalText(text)).toBe(canonical);
  });

  it('are their own canonical form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(canonicalText(canonicalText(text))).toBe(canonicalText(text));
      }),
    );
  });
});
