import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../perf/measure/rounds.js';
import { summarise } from '../../perf/measure/statistics.js';

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('a summary', () => {
  const cases: readonly (readonly [readonly number[], number, number, number])[] = [
    [[7], 7, 7, 7],
    [[1, 2], 1.25, 1.5, 1.75],
    [[3, 1, 2], 1.5, 2, 2.5],
    [[4, 1, 3, 2], 1.75, 2.5, 3.25],
    [[10, 20, 30, 40, 50], 20, 30, 40],
    [[9, 100, 10], 9.5, 10, 55],
  ];
  it.each(cases)('of %j has its middle half from %d over %d to %d', (values, low, median, high) => {
    expect(summarise(values)).toEqual({ low, median, high, samples: values.length });
  });

  it('lies within what was measured, in order, whatever that is', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { low, median, high } = summarise(values);
        const ordered = [Math.min(...values), low, median, high, Math.max(...values)];
        expect(ordered).toEqual([...ordered].sort((one, other) => one - other));
      }),
    );
  });

  it('does not depend on the order, and leaves it as it was', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const before = [...values];
        expect(summarise([...values].reverse())).toEqual(summarise(values));
        expect(values).toEqual(before);
      }),
    );
  });

  it('has as many samples below the median as above it', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { median } = summarise(values);
        const below = values.filter((value) => value < median).length;
        const above = values.filter((value) => value > median).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it('moves with the unit and with what all samples share', () => {
    fc.assert(
      fc.property(
        samples,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: -100, max: 100 }),
        (values, unit, more) => {
          const scaled = summarise(values.map((value) => value * unit + more));
          expect(scaled.median).toBeCloseTo(summarise(values).median * unit + more, 4);
        },
      ),
    );
  });

  it('of nothing is refused', () => {
    expect(() => summarise([])).toThrow(RangeError);
  });
});

describe('the rounds of a run', () => {
  it('are turned around each time, and the first is not kept', () => {
    expect(rounds(['a', 'b', 'c'], 3)).toEqual([
      { kept: false, order: ['a', 'b', 'c'] },
      { kept: true, order: ['c', 'b', 'a'] },
      { kept: true, order: ['a', 'b', 'c'] },
      { kept: true, order: ['c', 'b', 'a'] },
    ]);
  });

  it('have everybody in each, and nobody on average before anybody else', () => {
    const competitors = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(competitors, fc.integer({ min: 1, max: 10 }), (all, pairs) => {
        const kept = rounds(all, pairs * 2).filter((round) => round.kept);
        expect(kept).toHaveLength(pairs * 2);
        for (const each of all) {
          const places = kept.map(({ order }) => order.indexOf(each));
          expect(places).not.toContain(-1);
          expect(places.reduce((sum, place) => sum + place, 0) / places.length).toBe((all.length - 1) / 2);
        }
      }),
    );
  });
});
