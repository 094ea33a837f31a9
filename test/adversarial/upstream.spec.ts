import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { findChromium } from '../../scripts/browser.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/security/upstream/', import.meta.url));
const NAMES = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** The major version of Chromium that our reports are about. */
const REPORTED = '156';

/** What the report says that its reproduction prints. */
async function reported(name: string): Promise<string> {
  const [, rest = ''] = (await readFile(`${FOLDER}${name}/README.md`, 'utf8')).split('```text\n');
  return rest.split('```', 1).join();
}

async function printed(name: string): Promise<string> {
  const env = { ...process.env, CHROMIUM: findChromium() };
  const { stdout } = await promisify(execFile)(process.execPath, [`${FOLDER}${name}/reproduce.mjs`], { env });
  return stdout;
}

// A tripwire, not a proof: it fails when an upstream is mended, and then the report and our own guard are read again.
test.describe('what was found elsewhere is still as reported', () => {
  test('control: there are reports', () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(6);
  });

  for (const name of NAMES) {
    test(`upstream: ${name}`, async ({ browser }) => {
      // Penpal is pinned; which browser there is, is not ours to choose.
      const [major = ''] = browser.version().split('.', 1);
      test.skip(name.startsWith('chromium-') && major !== REPORTED, `reported for ${REPORTED}, this is ${major}`);
      expect(await printed(name)).toBe(await reported(name));
    });
  }
});
