import type { Browser, BrowserContextOptions } from 'playwright-core';

/** One kind of visitor. */
export interface Profile {
  readonly name: string;
  readonly context: BrowserContextOptions;
}

/** As the browser would call itself with a window: code that hides from watchers looks for the other name first. */
const agent = (system: string, version: string, mobile = ''): string =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version.split('.', 1).join('')}.0.0.0${mobile} Safari/537.36`;

/** Skimmers show themselves to some visitors only: to phones, to a country, to nobody who looks like a machine. */
export function profilesOf(browser: Browser): readonly Profile[] {
  const version = browser.version();
  const desktop = { userAgent: agent('X11; Linux x86_64', version), viewport: { width: 1280, height: 800 } };
  return [
    { name: 'desktop', context: { ...desktop, locale: 'en-US', timezoneId: 'America/New_York' } },
    {
      name: 'mobile',
      context: {
        userAgent: agent('Linux; Android 10; K', version, ' Mobile'),
        viewport: { width: 412, height: 839 },
        deviceScaleFactor: 2.625,
        isMobile: true,
        hasTouch: true,
        locale: 'en-GB',
        timezoneId: 'Europe/London',
      },
    },
    {
      name: 'abroad',
      context: {
        userAgent: agent('Windows NT 10.0; Win64; x64', version),
        viewport: { width: 1536, height: 864 },
        locale: 'de-DE',
        timezoneId: 'Europe/Berlin',
      },
    },
  ];
}
