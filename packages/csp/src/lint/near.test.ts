import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from './near.js';

const KNOWN = ['frame-src', 'fenced-frame-src', 'font-src', 'script-src', 'style-src', 'img-src', 'sandbox'] as const;
const FAR = 100;

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['iframe-src', 'frame-src', 1],
    ['frame-scr', 'frame-src', 1],
    ['frmae-src', 'frame-src', 1],
    ['defualt', 'default', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %d', (one, other, far) => {
    expect(distance(one, other, FAR)).toBe(far);
  });

  it('is the same both ways, and nothing for equal words alone', () => {
    const word = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '-') });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(distance(one, other, FAR)).toBe(distance(other, one, FAR));
        expect(distance(one, other, FAR) === 0).toBe(one === other);
      }),
    );
  });

  it('is found within reach as without a bound, and out of it not at all', () => {
    const word = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '-') });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (one, other, reach) => {
        const far = distance(one, other, FAR);
        expect(distance(one, other, reach)).toBe(far <= reach ? far : Infinity);
      }),
    );
  });
});

describe('the nearest word', () => {
  it.each([
    ['iframe-src', 'frame-src'],
    ['scirpt-src', 'script-src'],
    ['styles-srcs', 'style-src'],
    ['imgsrc', 'img-src'],
    ['frame-src', undefined],
    ['unheard-of', undefined],
    ['x'.repeat(10_000), undefined],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, KNOWN)).toBe(expected);
  });

  it('is none where two are as near', () => {
    expect(nearest('bar-src', ['car-src', 'far-src'])).toBeUndefined();
  });
});
