import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KNOWN } from '../../test/numbers.js';
import { CARD_BRANDS, CARD_BRAND_NAMES } from '../data/card-brands.js';
import { judgeCardNumber } from '../validate/card-number.verdict.js';
import { cardBrandOf, longestLength } from './card-brand.js';
import { coBadgesOf } from './co-badges.js';

describe('the brand of a number', () => {
  it.each(KNOWN)('%s is %s, and right', (number, brand) => {
    expect(cardBrandOf(number)).toBe(brand);
    expect(judgeCardNumber(number, { now: 0, brand: undefined, settled: true })).toEqual({ status: 'valid' });
  });

  it.each([
    ['', undefined],
    ['4', 'visa'],
    ['40117', 'visa'],
    ['401178', 'elo'],
    ['5', undefined],
    ['50', 'maestro'],
    ['508', 'rupay'],
    ['509', 'elo'],
    ['506098', 'maestro'],
    ['506099', 'verve'],
    ['506198', 'verve'],
    ['506199', 'maestro'],
    ['51', 'mastercard'],
    ['55', 'mastercard'],
    ['56', 'maestro'],
    ['2220', undefined],
    ['2221', 'mastercard'],
    ['2720', 'mastercard'],
    ['2721', undefined],
    ['2200', 'mir'],
    ['2205', undefined],
    ['34', 'amex'],
    ['35', undefined],
    ['3527', undefined],
    ['3528', 'jcb'],
    ['3589', 'jcb'],
    ['3590', undefined],
    ['6', undefined],
    ['60', 'rupay'],
    ['6011', 'discover'],
    ['606282', 'hipercard'],
    ['62', 'unionpay'],
    ['627780', 'elo'],
    ['643', undefined],
    ['644', 'discover'],
    ['650001', 'discover'],
    ['650002', 'verve'],
    ['650031', 'elo'],
    ['650034', 'discover'],
    ['6521', 'rupay'],
    ['8171', 'unionpay'],
    ['8172', 'rupay'],
    ['9792', 'troy'],
    ['0', undefined],
  ] as const)('%s… is %s', (beginning, brand) => {
    expect(cardBrandOf(beginning)).toBe(brand);
  });

  it('reads any script and separator', () => {
    expect(cardBrandOf(' ٤٢ 42')).toBe('visa');
  });

  it('has no range left to hesitate about after six digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6,19}$/u), (number) => {
        expect(cardBrandOf(number)).toBe(cardBrandOf(number.slice(0, 6)));
      }),
    );
  });
});

describe('the table of brands', () => {
  it.each(CARD_BRAND_NAMES)('%s: ranges ascend, do not overlap and have equally many digits at both ends', (brand) => {
    const ranges = CARD_BRANDS[brand].prefixes.map(([first, last]) => {
      expect(String(first)).toHaveLength(String(last).length);
      return [Number(String(first).padEnd(6, '0')), Number(String(last).padEnd(6, '9'))] as const;
    });
    const ends = ranges.flat();
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ranges.length).toBeGreaterThan(0);
  });

  it.each(CARD_BRAND_NAMES)('%s: lengths ascend within ISO/IEC 7812-1', (brand) => {
    const { lengths } = CARD_BRANDS[brand];
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths.every((length) => length >= 12 && length <= 19)).toBe(true);
  });

  it('bounds a number by its brand, and by 19 digits without one', () => {
    expect(['55', '34', '4', '0'].map(longestLength)).toEqual([16, 15, 19, 19]);
  });
});

describe('co-badges', () => {
  it.each([
    ['4571000000000001', ['dankort']],
    ['4242424242424242', []],
    ['4011780000000000', ['visa']],
    ['6221260000000000', ['discover']],
    ['6221250000000000', []],
    ['3530000000000000', ['rupay']],
    ['', []],
  ])('%s carries %j', (number, badges) => {
    expect(coBadgesOf(number)).toEqual(badges);
  });
});
