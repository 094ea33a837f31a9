import { describe, expect, it } from 'vitest';
import { counted, fromPlaywright, fromVitest, skippedTests, sum } from '../../../scripts/lib/results.mjs';

describe('counting', () => {
  it('adds up', () => {
    expect(sum([counted(1, 2), counted(10, 20), counted(0, 0)])).toEqual({ passed: 11, failed: 22 });
  });

  it.each([
    ['no report at all', undefined, false, counted(0, 1)],
    [
      'a file that did not load',
      { numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [] }] },
      false,
      counted(3, 1),
    ],
    ['a process that ended badly', { numPassedTests: 3, numFailedTests: 0, testResults: [] }, false, counted(3, 1)],
    ['failures, once', { numPassedTests: 3, numFailedTests: 2, testResults: [] }, false, counted(3, 2)],
    ['success', { numPassedTests: 3, numFailedTests: 0, testResults: [] }, true, counted(3, 0)],
  ])('of unit tests: %s', (_title, report, succeeded, expected) => {
    expect(fromVitest(report, succeeded)).toEqual(expected);
  });

  it.each([
    ['no report at all', undefined, false, counted(0, 1)],
    ['a flaky test', { stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 0 } }, true, counted(5, 1)],
    ['success', { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 2 } }, true, counted(5, 0)],
  ])('of browser tests: %s', (_title, report, succeeded, expected) => {
    expect(fromPlaywright(report, succeeded)).toEqual(expected);
  });

  it('of skips: each with its engine and its reason, however deep it stands', () => {
    const of = (projectName: string, status: string, annotations: readonly object[]) => ({
      projectName,
      status,
      annotations,
    });
    const spec = {
      title: 'A61 a',
      tests: [of('webkit', 'skipped', [{ type: 'skip', description: 'no workers' }]), of('firefox', 'expected', [])],
    };
    const report = {
      suites: [
        { specs: [], suites: [{ specs: [spec] }] },
        { specs: [{ title: 'b', tests: [of('firefox', 'skipped', [])] }] },
      ],
    };
    expect(skippedTests(report)).toEqual([
      { project: 'webkit', title: 'A61 a', reason: 'no workers' },
      { project: 'firefox', title: 'b', reason: 'no reason was given' },
    ]);
    expect(skippedTests(undefined)).toEqual([]);
  });
});
