/**
 * Why this exists: a run that fails must never be counted as one without failures. A reporter that wrote nothing, a file that
 * did not even load, a process that ended badly although each test passed: each is one failure more.
 */

/** @typedef {{ readonly passed: number, readonly failed: number }} Count */

/** @returns {Count} */
export const counted = (passed, failed) => ({ passed, failed });

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  return counts.reduce((a, b) => counted(a.passed + b.passed, a.failed + b.failed), counted(0, 0));
}

/**
 * @param {any} report vitest's JSON reporter, or nothing when it wrote none.
 * @param {boolean} succeeded whether the process said so.
 * @returns {Count}
 */
export function fromVitest(report, succeeded) {
  const unloaded = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return honest(report?.numPassedTests ?? 0, (report?.numFailedTests ?? 0) + unloaded.length, succeeded);
}

/**
 * Playwright itself never retries, so that nothing is flaky; the second look at what failed is `playwright-run.mjs`'s.
 * @param {any} report Playwright's JSON reporter, or nothing when it wrote none.
 * @param {boolean} succeeded whether the process said so.
 * @returns {Count}
 */
export function fromPlaywright(report, succeeded) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return honest(expected, unexpected + flaky, succeeded);
}

function honest(passed, failed, succeeded) {
  return counted(passed, failed === 0 && !succeeded ? 1 : failed);
}

/**
 * What was not run, and why: a skip that nobody reads about is a hole.
 * @param {any} report Playwright's JSON reporter, or nothing when it wrote none.
 * @returns {{ project: string, title: string, reason: string }[]}
 */
export function skippedTests(report) {
  return (report?.suites ?? []).flatMap(skippedIn);
}

function skippedIn({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ projectName, annotations = [] }) => ({
        project: projectName,
        title,
        reason:
          annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason was given',
      })),
  );
  return [...own, ...suites.flatMap(skippedIn)];
}
