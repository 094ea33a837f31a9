import { describe, expect, it } from 'vitest';
import { isSafeValue } from './style-grammar.js';

describe('values of a style', () => {
  it.each([
    ['font-size', '10px', '9px'],
    ['font-size', '32px', '33px'],
    ['font-size', '2em', '2.1em'],
    ['font-size', '100%', '50%'],
    ['padding', '24px', '25px'],
    ['padding-top', '1.5rem', '1.6rem'],
    ['padding', '0', '10%'],
    ['row-gap', '64px', '1%'],
    ['border-width', '8px', '9px'],
    ['border-top-width', '0.5em', '0.6em'],
    ['letter-spacing', '-2px', '-1em'],
    ['box-shadow', '0 0 64px 64px red', '0 0 65px red'],
    ['border-top-left-radius', '50%', '5e1%'],
    ['font-weight', '1000', '1001'],
    ['color', 'hsl(360, 100%, 50%)', 'calc(1px)'],
    ['color', 'OKLCH(50% 0.1 20)', 'u\\72l(x)'],
  ])('A36 A37 of %s are taken up to %s, and not %s', (property, most, more) => {
    expect(isSafeValue(property, most)).toBe(true);
    expect(isSafeValue(property, more)).toBe(false);
  });
});
