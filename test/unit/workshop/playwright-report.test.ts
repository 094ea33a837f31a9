import { describe, expect, it } from 'vitest';
import { failedTests, joined, settle } from '../../../scripts/lib/playwright-report.mjs';

interface Outcome {
  readonly title: string;
  readonly status: 'expected' | 'unexpected' | 'skipped';
}

/** What Playwright's JSON reporter writes, as far as it is read. */
function reportOf(...outcomes: readonly Outcome[]): Record<string, unknown> {
  const count = (wanted: string): number => outcomes.filter(({ status }) => status === wanted).length;
  return {
    config: { rootDir: '/test' },
    suites: [
      {
        title: 'a.spec.ts',
        specs: [],
        suites: [
          {
            title: 'group',
            specs: outcomes.map(({ title, status }, index) => ({
              title,
              file: 'a.spec.ts',
              line: 10 + index,
              tests: [{ projectName: '', status }],
            })),
          },
        ],
      },
    ],
    stats: { expected: count('expected'), unexpected: count('unexpected'), flaky: 0, skipped: count('skipped') },
  };
}

const passed = (title: string): Outcome => ({ title, status: 'expected' });
const failed = (title: string): Outcome => ({ title, status: 'unexpected' });

describe('several passes', () => {
  it('count as one run', () => {
    const report = joined([reportOf(passed('a'), failed('b')), reportOf(passed('c'))]);
    expect(report.stats).toMatchObject({ expected: 2, unexpected: 1 });
    expect(failedTests(report)).toMatchObject([{ file: 'a.spec.ts', line: 11, title: 'a.spec.ts › group › b' }]);
  });

  it('of which one left no report say so', () => {
    expect(joined([reportOf(passed('a')), undefined]).errors).toEqual(['no report']);
  });
});

describe('a second look', () => {
  it.each([
    ['passed each time', [passed('b'), passed('b')], 2, 0],
    ['failed again', [failed('b'), failed('b')], 1, 1],
    ['failed once more', [passed('b'), failed('b')], 1, 1],
    ['was of another test', [passed('c')], 1, 1],
    ['did not happen', [], 1, 1],
  ])('that %s settles a failure accordingly', (_title, again, expected, unexpected) => {
    const report = joined([reportOf(passed('a'), failed('b'))]);
    expect(settle(report, reportOf(...again))).toHaveLength(expected - 1);
    expect(report.stats).toMatchObject({ expected, unexpected });
    expect(failedTests(report)).toHaveLength(unexpected);
  });

  it('without a report settles nothing', () => {
    const report = joined([reportOf(failed('b'))]);
    expect(settle(report, undefined)).toEqual([]);
    expect(report.stats).toMatchObject({ expected: 0, unexpected: 1 });
  });
});
