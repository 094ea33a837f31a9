import { findWebKit } from '../../scripts/lib/engines.mjs';
import { openDisplay } from '../support/engines/display.js';
import { expect, test } from '../support/engines/engine-test.js';
import { printed, reported } from '../support/upstream-reports.js';

// A tripwire, as in `test/adversarial/upstream.spec.ts`: it fails when WebKit is mended.
test('upstream: webkit-wasm-policy', async ({ engineName }) => {
  test.skip(engineName !== 'webkit', 'the report is about WebKit');
  const programs = findWebKit();
  if (programs === undefined) throw new Error('there is no WebKitGTK');
  const display = await openDisplay(programs.display);
  try {
    const where = { DISPLAY: display.display, DRIVER: programs.driver, BROWSER: programs.browser };
    expect(await printed('webkit-wasm-policy', where)).toBe(await reported('webkit-wasm-policy'));
  } finally {
    await display.stop();
  }
});
