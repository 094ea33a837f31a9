import { access, constants } from 'node:fs/promises';
import type { Browser, BrowserType } from 'playwright-core';
import { CliFailure } from '../failure.js';

/** Where Debian, Ubuntu, Fedora, Homebrew and installers put it. */
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const isThere = async (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function chromiumDriver(): Promise<BrowserType> {
  try {
    const { chromium } = await import('playwright-core');
    return chromium;
  } catch {
    throw new CliFailure('browser', 'a page is checked in a real browser: npm install --save-dev playwright-core');
  }
}

/** The browser of `CLOISTER_CHROMIUM`, of a usual place, or of Playwright's own. */
async function executable(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly executablePath?: string }> {
  const named = env['CLOISTER_CHROMIUM'];
  if (named !== undefined && named !== '') return { executablePath: named };
  for (const path of USUAL) if (await isThere(path)) return { executablePath: path };
  return {};
}

/** A page shall meet a customer, not a machine (`navigator.webdriver`); and the drill's stranger is on this machine. */
const ARGUMENTS = ['--disable-features=LocalNetworkAccessChecks', '--disable-blink-features=AutomationControlled'];

/**
 * Starts Chromium. A page on the network may ask for addresses of this machine only when it is allowed to; the drill's stranger is one.
 *
 * @throws CliFailure `browser` when there is none, with the way to get one.
 */
export async function launchChromium(env: Readonly<Record<string, string | undefined>>): Promise<Browser> {
  const driver = await chromiumDriver();
  try {
    return await driver.launch({ ...(await executable(env)), args: ARGUMENTS });
  } catch {
    throw new CliFailure(
      'browser',
      'Chromium does not start; install it (apt-get install chromium, or npx playwright-core install chromium) or name it in CLOISTER_CHROMIUM',
    );
  }
}
