import { accessSync, constants } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium. @throws Error that says how to get one. */
export function findChromium(): string {
  const named = process.env['CLOISTER_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const found = PLACES.find(isExecutable);
  if (found === undefined)
    throw new Error('no Chromium was found: install one, or set CLOISTER_CHROMIUM to the path of one');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
