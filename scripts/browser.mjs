/**
 * Why this exists: the tests type into a real Chromium, and nothing is downloaded that the system's own packages already
 * have. `node scripts/browser.mjs` prints the path of a Chromium; on Debian, as root, it installs one when there is none.
 *
 * Order: CLOISTER_CHROMIUM, the system's, Playwright's own cache.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './lib/apt.mjs';
import { inSystem, isExecutable } from './lib/programs.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const PLAYWRIGHT_CACHES = [
  process.env.PLAYWRIGHT_BROWSERS_PATH,
  join(homedir(), '.cache/ms-playwright'),
  join(homedir(), 'Library/Caches/ms-playwright'),
];
const INSIDE_PLAYWRIGHT = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];
const PACKAGES = ['chromium', 'fonts-noto-core', 'fonts-noto-cjk'];
const ADVICE = `No Chromium was found. Install one (Debian: apt-get install ${PACKAGES.join(' ')}; macOS: Google Chrome;
anywhere: npx playwright install chromium), or set CLOISTER_CHROMIUM to the path of one.`;

/**
 * @returns {string | undefined} the path of a Chromium, or nothing where there is none.
 */
export function findChromium() {
  const named = process.env.CLOISTER_CHROMIUM;
  if (named) return named;
  return [...inSystem(NAMES), ...APPLICATIONS, ...playwrightBrowsers()].find(isExecutable);
}

/**
 * @returns {Promise<string>} the path of a Chromium, installed where that is possible.
 * @throws {Error} with advice where it is not.
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  await install(PACKAGES, ADVICE);
  const installed = findChromium();
  if (installed === undefined) throw new Error(ADVICE);
  return installed;
}

function playwrightBrowsers() {
  return PLAYWRIGHT_CACHES.filter((folder) => folder !== undefined && existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith('chromium-'))
      .sort()
      .reverse()
      .flatMap((name) => INSIDE_PLAYWRIGHT.map((inside) => join(folder, name, inside))),
  );
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
