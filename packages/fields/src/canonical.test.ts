import type { FieldType, Redaction } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TODAY } from '../test/typist.js';
import { checkCanonical, factsOf } from './canonical.js';
import { redactValue } from './redact.js';
import { FIELD_DEFINITIONS } from './registry.js';

const now = TODAY;

describe('a canonical value is checked again', () => {
  it.each([
    ['card-number', '4242424242424242', undefined],
    ['card-number', '4242 4242 4242 4242', 'characters'],
    ['card-number', '４２４２４２４２４２４２４２４２', 'characters'],
    ['card-number', '4242424242424241', 'number-check'],
    ['card-number', '4242', 'incomplete'],
    ['card-number', '', 'required'],
    ['card-number', 'abc', 'required'],
    ['card-expiry', '2030-12', undefined],
    ['card-expiry', '12/30', 'characters'],
    ['card-expiry', '2030-13', 'expiry-month'],
    ['card-expiry', '2026-10', 'expiry-past'],
    ['card-expiry', '1930-12', 'expiry-past'],
    ['card-expiry', '2099-12', 'expiry-far'],
    ['card-expiry', '2030-1', 'characters'],
    ['card-cvc', '123', undefined],
    ['card-cvc', '1234', undefined],
    ['card-cvc', '12', 'incomplete'],
    ['card-cvc', '12345', 'cvc-length'],
    ['card-cvc', ' 123', 'characters'],
    ['person-name', 'José', undefined],
    ['person-name', 'Jose\u0301', 'characters'],
    ['person-name', ' Ada', 'characters'],
    ['person-name', 'Ada  L', 'characters'],
    ['person-name', '   ', 'required'],
    ['text', 'x', undefined],
    ['text', 'x'.repeat(501), 'too-long'],
  ] as const)('%s %j: %s', (type, value, code) => {
    expect(checkCanonical(type, value, { now })).toBe(code);
  });

  it('the size of a security code follows the brand', () => {
    expect(checkCanonical('card-cvc', '123', { now, brand: 'amex' })).toBe('cvc-length');
    expect(checkCanonical('card-cvc', '1234', { now, brand: 'amex' })).toBeUndefined();
    expect(checkCanonical('card-cvc', '1234', { now, brand: 'visa' })).toBe('cvc-length');
  });

  it('no text makes the check throw, and what passes is its own canonical form', () => {
    const types = Object.values(FIELD_DEFINITIONS).map(({ type }) => type);
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.string({ unit: 'binary' }), (type, value) => {
        const { read, canonical } = FIELD_DEFINITIONS[type];
        if (checkCanonical(type, value, { now }) === undefined) expect(canonical(read(value))).toBe(value);
      }),
    );
  });
});

describe('facts', () => {
  const all = ['brand', 'last4', 'bin'] as const;

  it.each([
    ['4242424242424242', { brand: 'visa', last4: '4242', bin: '42424242' }],
    ['378282246310005', { brand: 'amex', last4: '0005', bin: '378282' }],
    ['0000000000000000', { last4: '0000', bin: '00000000' }],
  ])('of %s', (number, facts) => {
    expect(factsOf('card-number', number, all)).toEqual(facts);
  });

  it('are those that are disclosed, and none besides', () => {
    expect(factsOf('card-number', '4242424242424242', ['brand'])).toEqual({ brand: 'visa' });
    expect(factsOf('card-number', '4242424242424242', [])).toBeUndefined();
    expect(factsOf('card-number', '0000000000000000', ['brand'])).toBeUndefined();
  });

  it.each(['card-expiry', 'card-cvc', 'person-name', 'text'] as const)('%s has none', (type) => {
    expect(factsOf(type, '123', all)).toBeUndefined();
  });
});

describe('redaction', () => {
  const cases: readonly (readonly [FieldType, string, Redaction, string, string])[] = [
    ['card-number', '4242424242424242', 'plain', '4242424242424242', '4242 4242 4242 4242'],
    ['card-number', '4242424242424242', 'last4', '4242', '•••• 4242'],
    ['card-number', '4242424242424242', 'masked', '', '••••'],
    ['card-number', '4242424242424242', 'redacted', '', ''],
    ['card-expiry', '2030-12', 'plain', '2030-12', '12/30'],
    ['card-expiry', '2030-12', 'last4', '', '••••'],
    ['card-cvc', '123', 'last4', '', '••••'],
    ['card-cvc', '1234', 'masked', '', '••••'],
    ['person-name', 'José', 'plain', 'José', 'José'],
    ['person-name', 'José', 'last4', '', '••••'],
    ['text', 'x', 'masked', '', '••••'],
  ];
  it.each(cases)('%s %s as %s', (type, canonical, redaction, value, text) => {
    expect(redactValue(type, canonical, redaction)).toEqual({ value, text });
  });
});
