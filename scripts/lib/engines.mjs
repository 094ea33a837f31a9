/**
 * Why this exists: what one engine lets through another may stop, so the attacks run in three. Firefox and WebKit come from
 * the system's packages, like Chromium (`scripts/browser.mjs`); WebKitGTK needs a display, and gets one that nobody sees.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, findChromium } from '../browser.mjs';
import { install } from './apt.mjs';
import { inSystem, isExecutable } from './programs.mjs';

/** @typedef {'chromium' | 'firefox' | 'webkit'} EngineName */

/** @type {readonly EngineName[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

const LIBRARIES = '/usr/lib';
const FIREFOX = {
  packages: ['firefox-esr'],
  advice:
    'No Firefox was found. Install one (Debian: apt-get install firefox-esr), or set CLOISTER_FIREFOX to its path.',
};
const WEBKIT = {
  packages: ['webkit2gtk-driver', 'xvfb'],
  advice: 'No WebKitGTK was found. Install it (Debian: apt-get install webkit2gtk-driver xvfb).',
};

/** @returns {string | undefined} the path of a Firefox, or nothing where there is none. */
export function findFirefox() {
  const named = process.env.CLOISTER_FIREFOX;
  if (named) return named;
  const application = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return [...inSystem(['firefox-esr', 'firefox']), application].find(isExecutable);
}

/**
 * @returns {{ readonly driver: string, readonly browser: string, readonly display: string } | undefined} WebKitGTK's
 * WebDriver, the browser that it drives, and the server of an invisible display; all or nothing.
 */
export function findWebKit() {
  const [driver, display] = ['WebKitWebDriver', 'Xvfb'].map((name) => inSystem([name]).find(isExecutable));
  const browser = miniBrowsers().find(isExecutable);
  return driver === undefined || display === undefined || browser === undefined
    ? undefined
    : { driver, browser, display };
}

/** It belongs to the library, and lies in no folder of programs: `/usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser`. */
function miniBrowsers() {
  if (!existsSync(LIBRARIES)) return [];
  return readdirSync(LIBRARIES)
    .map((machine) => join(LIBRARIES, machine))
    .filter((folder) => folder.endsWith('-gnu') && existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.startsWith('webkit2gtk-'))
        .sort()
        .reverse()
        .map((name) => join(folder, name, 'MiniBrowser')),
    );
}

const REMEDIES = {
  chromium: { find: findChromium, provide: ensureChromium },
  firefox: { find: findFirefox, provide: () => install(FIREFOX.packages, FIREFOX.advice) },
  webkit: { find: findWebKit, provide: () => install(WEBKIT.packages, WEBKIT.advice) },
};

/**
 * Makes sure of an engine, and installs it where that is possible.
 * @param {EngineName} name
 * @throws {Error} with advice where it is not.
 */
export async function ensureEngine(name) {
  const { find, provide } = REMEDIES[name];
  if (find() !== undefined) return;
  await provide();
  if (find() === undefined) throw new Error(`${name} was installed, and yet is not found.`);
}
