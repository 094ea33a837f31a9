import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesLuhn } from './luhn.js';

describe('the check digit of ISO/IEC 7812-1 annex B', () => {
  // 79927398713 is the worked example of most descriptions of US patent 2,950,048.
  it.each(['79927398713', '4242424242424242', '378282246310005', '36148900647913', '6304000000000000', '0'])(
    'accepts %s',
    (digits) => {
      expect(passesLuhn(digits)).toBe(true);
    },
  );

  it.each(['79927398710', '79927398712', '4242424242424241', '378282246310006', '1'])('refuses %s', (digits) => {
    expect(passesLuhn(digits)).toBe(false);
  });

  const digits = fc.stringMatching(/^\d{11,18}$/u);

  it('exactly one of ten last digits is right', () => {
    fc.assert(
      fc.property(digits, (body) => {
        expect(Array.from('0123456789').filter((last) => passesLuhn(body + last))).toHaveLength(1);
      }),
    );
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, slip) => {
        const right = body + (Array.from('0123456789').find((last) => passesLuhn(body + last)) ?? '');
        const at = place % right.length;
        const wrong = right.slice(0, at) + String((Number(right[at]) + slip) % 10) + right.slice(at + 1);
        expect(passesLuhn(wrong)).toBe(false);
      }),
    );
  });
});
