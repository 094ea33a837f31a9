/**
 * Why this exists: browser tests run in several passes (in company, alone, and what failed once more), and count and prove as
 * one run. This joins the reports of Playwright's JSON reporter, and settles what a second look showed.
 *
 * @typedef {{ readonly project: string, readonly file: string, readonly line: number, readonly title: string }} Which
 */

/** More than so many that fail only in company are not bad luck but a bad build. */
export const MOST_UNSTEADY = 4;

/** @param {readonly any[]} reports those of all passes; one that is missing makes the whole a failed run. */
export function joined(reports) {
  const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0, duration: 0 };
  for (const name of Object.keys(stats))
    stats[name] = reports.reduce((total, report) => total + (report?.stats?.[name] ?? 0), 0);
  const suites = reports.flatMap((report) => report?.suites ?? []);
  return {
    config: reports[0]?.config,
    suites,
    errors: reports.flatMap((report) => (report === undefined ? ['no report'] : (report.errors ?? []))),
    stats,
  };
}

/** @param {any} report @returns {readonly (Which & { readonly status: string })[]} every test of it, with what became of it. */
export function testsOf(report) {
  return (report?.suites ?? []).flatMap((suite) => inSuite(suite, []));
}

function inSuite({ title, specs = [], suites = [] }, above) {
  const path = [...above, title];
  const own = specs.flatMap((spec) =>
    spec.tests.map((test) => ({
      project: test.projectName,
      file: spec.file,
      line: spec.line,
      title: [...path, spec.title].join(' › '),
      status: test.status,
      test,
    })),
  );
  return [...own, ...suites.flatMap((inner) => inSuite(inner, path))];
}

/** @param {any} report @returns {readonly Which[]} */
export const failedTests = (report) =>
  testsOf(report).filter(({ status }) => status === 'unexpected' || status === 'flaky');

const nameOf = ({ project, file, title }) => `${project}|${file}|${title}`;

/**
 * A test that failed in company and passed each time that it ran alone is unsteady: it counts as passed and is named. One
 * that failed again, or did not run again, stays failed.
 * @param {any} report changed in place.
 * @param {any} again the report of the second look.
 * @returns {readonly string[]} the unsteady ones.
 */
export function settle(report, again) {
  const looked = Map.groupBy(testsOf(again), nameOf);
  const unsteady = failedTests(report).filter((each) => {
    const second = looked.get(nameOf(each)) ?? [];
    return second.length > 0 && second.every(({ status }) => status === 'expected');
  });
  for (const { test } of unsteady) {
    report.stats[test.status] -= 1;
    report.stats.expected += 1;
    test.status = 'expected';
  }
  return unsteady.map(({ file, line, title }) => `${file}:${line} ${title.split(' › ').at(-1)}`);
}
