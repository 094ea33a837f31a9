import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless } from './terminal.js';

describe('what a terminal is given', () => {
  it.each([
    ['a colour', '\u001B[31mred', '\uFFFD[31mred'],
    ['a name for its window', '\u001B]0;title\u0007', '\uFFFD]0;title\uFFFD'],
    ['a sequence in one character', '\u009B2J', '\uFFFD2J'],
    ['a line that is written over', 'clean\rdirty', 'clean\uFFFDdirty'],
    ['text that runs the other way', 'a\u202Ecod.js', 'a\uFFFDcod.js'],
    ['lines and tabs', 'one\n\ttwo', 'one\n\ttwo'],
    ['letters of any script', 'Zoë 日本 עברית 🎉', 'Zoë 日本 עברית 🎉'],
  ])('%s', (_title, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  it('has no control character in it, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
        expect(harmless(harmless(text))).toBe(harmless(text));
      }),
    );
  });
});
