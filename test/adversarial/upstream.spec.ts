import { expect, test } from '@playwright/test';
import { findChromium } from '../../scripts/browser.mjs';
import { printed, REPORTS, reported } from '../support/upstream-reports.js';

/** WebKit's run where WebKit is: `test/engines`. */
const HERE = REPORTS.filter((name) => !name.startsWith('webkit-'));

/** The major version of Chromium that our reports are about. */
const REPORTED = '156';

// A tripwire, not a proof: it fails when an upstream is mended, and then the report and our own guard are read again.
test.describe('what was found elsewhere is still as reported', () => {
  test('control: there are reports', () => {
    expect(HERE.length).toBeGreaterThanOrEqual(7);
  });

  for (const name of HERE) {
    test(`upstream: ${name}`, async ({ browser }) => {
      // Penpal is pinned; which browser there is, is not ours to choose.
      const [major = ''] = browser.version().split('.', 1);
      test.skip(name.startsWith('chromium-') && major !== REPORTED, `reported for ${REPORTED}, this is ${major}`);
      expect(await printed(name, { CHROMIUM: findChromium() })).toBe(await reported(name));
    });
  }
});
