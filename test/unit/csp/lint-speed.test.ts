import { describe, expect, it } from 'vitest';
import { applyFixes, exitCodeOf, lint, SEVERITIES } from '@cloister/csp';
import corpus from './corpus.json' with { type: 'json' };

const ORIGIN = 'https://shop.example';
const headers = Object.values(corpus);

/** Times that each is linted; the shortest is the one that nothing else disturbed. */
const ROUNDS = 5;

function timeOf(header: string): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    lint({ enforced: [header], origin: ORIGIN });
    return performance.now() - start;
  });
  return Math.min(...rounds);
}

describe('lint of a hundred policies', () => {
  it('takes less than 5 ms for each', () => {
    headers.forEach(timeOf);
    const times = headers.map(timeOf);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    console.log(`lint: ${mean.toFixed(2)} ms a policy, ${Math.max(...times).toFixed(2)} ms for the slowest`);
    expect(mean).toBeLessThan(5);
  });

  it('fixes what it can, so that no policy has more findings of a weight that it mended', () => {
    for (const header of headers.filter((text) => !text.includes(','))) {
      const before = lint({ enforced: [header], origin: ORIGIN });
      const [worst] = before.filter(({ edit }) => edit !== undefined);
      if (worst === undefined) continue;
      const fixed = applyFixes(header, before);
      const after = lint({ enforced: [fixed], origin: ORIGIN });
      for (const weight of SEVERITIES.slice(0, SEVERITIES.indexOf(worst.severity) + 1)) {
        const count = (list: typeof before): number => list.filter((each) => exitCodeOf([each], weight) === 1).length;
        expect(count(after), `${header} at ${weight}`).toBeLessThanOrEqual(count(before));
      }
      expect(applyFixes(fixed, before)).toBe(fixed);
    }
  });
});
