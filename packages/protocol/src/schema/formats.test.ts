import { describe, expect, it } from 'vitest';
import { hasFormat, type StringFormat } from './formats.js';

const CASES: readonly (readonly [StringFormat, string, boolean])[] = [
  ['name', 'card_number-2', true],
  ['name', '__proto__', false],
  ['name', 'constructor', false],
  ['name', 'a b', false],
  ['id', 'abc-_XYZ09', true],
  ['id', 'abc=', false],
  ['origin', 'https://shop.example', true],
  ['origin', 'https://shop.example:8443', true],
  ['origin', 'http://shop.localhost:4100', true],
  ['origin', 'https://shop.example/', false],
  ['origin', 'https://shop.example:443', false],
  ['origin', 'https://SHOP.example', false],
  ['origin', 'https://*.example', false],
  ['origin', 'null', false],
  ['origin', 'javascript:alert(1)', false],
  ['origin', 'https://user@shop.example', false],
  ['uuid', '9f1c1f9e-3a5b-4c2d-8e7f-0123456789ab', true],
  ['uuid', '9f1c1f9e-3a5b-7c2d-8e7f-0123456789ab', false],
  ['uuid', '9F1C1F9E-3a5b-4c2d-8e7f-0123456789ab', false],
  ['uuid', '9f1c1f9e-3a5b-4c2d-ce7f-0123456789ab', false],
  ['thumbprint', 'a'.repeat(43), true],
  ['thumbprint', 'a'.repeat(42), false],
  ['token68', 'abc.DEF~+/=-_', true],
  ['token68', 'a b', false],
  ['date-time', '2026-11-22T03:00:00.000Z', true],
  ['date-time', '2026-13-22T03:00:00.000Z', false],
];

describe('formats', () => {
  it.each(CASES)('%s: %s is %s', (format, text, expected) => {
    expect(hasFormat(text, format)).toBe(expected);
  });
});
