import type { Page } from '@playwright/test';

const MARK = 'policy violation:';

/**
 * Hears of everything that a browser objects to, in the page and in all its frames: refusals of policies, errors on the
 * console, errors that nobody caught.
 */
export class PolicyWatch {
  readonly objections: string[] = [];

  /** Begins to listen; before the page is opened. */
  static async on(page: Page): Promise<PolicyWatch> {
    const watch = new PolicyWatch();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().startsWith(MARK)) watch.objections.push(message.text());
    });
    page.on('pageerror', (error) => watch.objections.push(String(error)));
    await page.addInitScript((mark) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        console.debug(mark, effectiveDirective, blockedURI, location.href);
      });
    }, MARK);
    return watch;
  }
}
