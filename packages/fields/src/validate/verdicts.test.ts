import { describe, expect, it } from 'vitest';
import { KNOWN } from '../../test/numbers.js';
import { TODAY } from '../../test/typist.js';
import { readExpiry } from '../format/expiry-digits.js';
import { judgeCvc } from './card-cvc.verdict.js';
import { judgeExpiry } from './card-expiry.verdict.js';
import { judgeCardNumber } from './card-number.verdict.js';
import { judgeName, judgeText } from './plain-text.verdict.js';
import type { Verdict } from './verdict.js';

const settled = { now: TODAY, brand: undefined, settled: true };
const typing = { ...settled, settled: false };
const say = (verdict: Verdict): string => (verdict.status === 'invalid' ? verdict.error : verdict.status);

describe('a card number', () => {
  it.each(KNOWN.filter(([, brand]) => brand !== 'unionpay'))('%s with another last digit is refused', (number) => {
    const wrong = number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
    expect(say(judgeCardNumber(wrong, settled))).toBe('number-check');
  });

  it('UnionPay is issued with and without a check digit', () => {
    expect(say(judgeCardNumber('6200000000000006', settled))).toBe('valid');
  });

  it.each([
    ['4242', 'incomplete', 'incomplete'],
    ['4222222222222', 'incomplete', 'valid'], // 13 digits
    ['42424242424242', 'incomplete', 'number-length'], // 14
    ['4242424242424241', 'number-check', 'number-check'],
    ['4242424242424242424', 'number-check', 'number-check'], // 19, the longest
    ['42424242424242424242', 'number-length', 'number-length'], // 20
    ['55555555555544440', 'number-length', 'number-length'], // 17
    ['6205500000000000004', 'valid', 'valid'], // 19
    ['0000000000000000', 'valid', 'valid'], // no brand that we know
    ['0000000000000001', 'number-check', 'number-check'],
  ])('%s is %s while it is typed, %s at the end', (digits, whileTyping, atTheEnd) => {
    expect(say(judgeCardNumber(digits, typing))).toBe(whileTyping);
    expect(say(judgeCardNumber(digits, settled))).toBe(atTheEnd);
  });
});

describe('an expiry date, on 22 November 2026', () => {
  it.each([
    ['11/26', 'valid'],
    ['10/26', 'expiry-past'],
    ['12/26', 'valid'],
    ['12/25', 'expiry-past'],
    ['12/2020', 'expiry-past'],
    ['12/1930', 'expiry-past'],
    ['11/46', 'valid'],
    ['12/46', 'expiry-far'],
    ['12/99', 'expiry-far'],
    ['00/30', 'expiry-month'],
    ['13/30', 'expiry-month'],
    ['13', 'expiry-month'],
    ['1', 'incomplete'],
    ['12', 'incomplete'],
    ['12/3', 'incomplete'],
  ])('%s is %s', (text, verdict) => {
    expect(say(judgeExpiry(readExpiry(text), settled))).toBe(verdict);
  });

  it('12/20 may go on to 12/2030 while it is typed', () => {
    expect(say(judgeExpiry('1220', typing))).toBe('incomplete');
  });

  it.each([
    ['the last moment of the month at UTC', Date.UTC(2026, 11, 1) - 1, 'valid'],
    ['the last moment of the month at UTC-12', Date.UTC(2026, 11, 1, 12) - 1, 'valid'],
    ['the moment when it has ended everywhere', Date.UTC(2026, 11, 1, 12), 'expiry-past'],
  ])('11/26 in %s', (_when, now, verdict) => {
    expect(say(judgeExpiry('1126', { ...settled, now }))).toBe(verdict);
  });

  it('December ends with the year', () => {
    expect(say(judgeExpiry('1226', { ...settled, now: Date.UTC(2027, 0, 1, 12) - 1 }))).toBe('valid');
    expect(say(judgeExpiry('1226', { ...settled, now: Date.UTC(2027, 0, 1, 12) }))).toBe('expiry-past');
  });
});

describe('a security code', () => {
  it.each([
    ['visa', '12', 'incomplete', 'incomplete'],
    ['visa', '123', 'valid', 'valid'],
    ['visa', '1234', 'cvc-length', 'cvc-length'],
    ['amex', '12', 'incomplete', 'incomplete'],
    ['amex', '123', 'incomplete', 'cvc-length'],
    ['amex', '1234', 'valid', 'valid'],
    [undefined, '12', 'incomplete', 'incomplete'],
    [undefined, '123', 'incomplete', 'valid'],
    [undefined, '1234', 'valid', 'valid'],
    [undefined, '12345', 'cvc-length', 'cvc-length'],
  ] as const)('of %s: %s is %s while it is typed, %s at the end', (brand, digits, whileTyping, atTheEnd) => {
    expect(say(judgeCvc(digits, { ...typing, brand }))).toBe(whileTyping);
    expect(say(judgeCvc(digits, { ...settled, brand }))).toBe(atTheEnd);
  });
});

describe('a name', () => {
  it.each([
    'José',
    'Nguyễn Văn A',
    '山田 太郎',
    'O’Brien',
    "Sinéad O'Connor",
    'Anne-Marie',
    'Sammy Davis, Jr.',
    'محمد',
    'Ivan IV',
    'X',
    'Jose\u0301',
    'علی\u200cرضا',
    'Louis 14',
    'नरेन्द्र',
    'Σωκράτης',
    '  Ada   Lovelace ',
    'n'.repeat(100),
    '𠮷'.repeat(100),
  ])('%s is one', (name) => {
    expect(say(judgeName(name, settled))).toBe('valid');
  });

  it.each([
    ['12345', 'characters'],
    ['-', 'characters'],
    ['4242424242424242', 'characters'],
    ['Ada 4242 4242 4242', 'characters'],
    ['Ada ٤٢٤٢٤٢٤٢٤٢٤٢', 'characters'],
    ['Ada\u0000', 'characters'],
    ['Ada\u007f', 'characters'],
    ['Ada\u202eecalevoL', 'characters'],
    ['\ud800Ada', 'characters'],
    ['n'.repeat(101), 'too-long'],
  ])('%j is none: %s', (name, code) => {
    expect(say(judgeName(name, settled))).toBe(code);
  });

  it('may begin with something else while it is typed', () => {
    expect(say(judgeName('’', typing))).toBe('incomplete');
  });
});

describe('a text', () => {
  it.each([
    ['4', 'valid'],
    ['x'.repeat(500), 'valid'],
    ['😀'.repeat(500), 'valid'],
    ['x'.repeat(501), 'too-long'],
    ['a\u0007b', 'characters'],
    ['a\tb', 'valid'],
  ])('%j is %s', (text, verdict) => {
    expect(say(judgeText(text))).toBe(verdict);
  });
});
