import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { BenchPage, VISA } from '../support/bench-page.js';
import { openExampleShop } from '../support/example-shop.js';
import { PolicyWatch } from '../support/policy-watch.js';
import { RevealBench } from '../support/reveal-bench.js';
import { ShopPage } from '../support/shop-page.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

/** All that a page with Cloister must allow, and no more. */
const strict = (elements: string): string =>
  `script-src 'self'; style-src 'self'; frame-src ${elements}; connect-src 'self'; require-trusted-types-for 'script'`;
const nonced = (elements: string): string =>
  `script-src 'nonce-cjE3' 'strict-dynamic'; style-src 'self'; frame-src ${elements}; connect-src 'self'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'`;
const ISOLATED = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

const PLACES = ['card', 'number', 'expiry', 'cvc', 'name', 'reveal'].map((id) => `<div id="${id}"></div>`).join('');

/** A page without anything inline, under these headers. */
function servePage(
  { hosts }: World,
  path: string,
  { headers, scripts = '' }: { readonly headers: Readonly<Record<string, string>>; readonly scripts?: string },
): string {
  const tags = scripts === '' ? '<script src="/cloister.js"></script><script src="/bench.js"></script>' : scripts;
  hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  return hosts.serve(path, { headers, body: `<!doctype html><title>Strict</title>${PLACES}${tags}` });
}

/** Collects a card on the page at that path, and reveals its number. */
async function payAndReveal(page: Page, world: World, path: string): Promise<void> {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame', { path });
  await bench.fill(VISA, 'one frame');
  const outcome = await bench.submit();
  expect(outcome).toMatchObject({ ok: true });
  const token = (outcome.ok ? outcome.tokens['number'] : undefined) ?? '';
  const reveal = new RevealBench(page, world);
  await reveal.mountHere('one frame', [{ token, at: 'reveal', label: 'Shown number' }]);
  expect(await reveal.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }] });
  await expect(reveal.value('Shown number', 'one frame', 'reveal')).toContainText('4242 4242 4242 4242');
}

test.describe('a page of any shop', () => {
  test('the watch notices what a policy refuses, in the page and in a frame', async ({ page, world }) => {
    const watch = await PolicyWatch.on(page);
    const path = servePage(world, '/strict', { headers: { 'Content-Security-Policy': strict(world.elements) } });
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame', { path });
    expect(watch.objections).toEqual([]);
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
      try {
        document.body.innerHTML += '<p>';
      } catch {
        // Refused, and reported.
      }
    });
    await expect.poll(() => watch.objections.join('\n')).toContain('style-src-elem');
    await expect.poll(() => watch.objections.join('\n')).toContain('require-trusted-types-for');
    const frame = await bench.frameOf('number', 'one frame');
    await frame.evaluate((url) => fetch(url).catch(() => undefined), world.vaultUrl);
    await expect.poll(() => watch.objections.join('\n')).toContain('connect-src');
  });

  const POLICIES: readonly (readonly [string, (world: World) => Readonly<Record<string, string>>])[] = [
    ['the strict policy', ({ elements }) => ({ 'Content-Security-Policy': strict(elements) })],
    ['COEP require-corp', () => ISOLATED],
    ['both', ({ elements }) => ({ 'Content-Security-Policy': strict(elements), ...ISOLATED })],
  ];
  for (const [title, headersOf] of POLICIES) {
    test(`A67 collects and reveals under ${title}, and the browser objects to nothing`, async ({ page, world }) => {
      const watch = await PolicyWatch.on(page);
      const headers = headersOf(world);
      const path = servePage(world, `/strict-${String(Object.keys(headers).length)}`, { headers });
      await payAndReveal(page, world, path);
      const isolated = 'Cross-Origin-Embedder-Policy' in headers;
      expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(isolated);
      expect(watch.objections).toEqual([]);
    });
  }

  test('collects and reveals with the script tag, its integrity, a nonce and strict-dynamic', async ({
    page,
    world,
  }) => {
    const watch = await PolicyWatch.on(page);
    const published = await readFile(new URL('../../packages/bridge/dist/sri.json', import.meta.url), 'utf8');
    const integrity = (JSON.parse(published) as Readonly<Record<string, string>>)['cloister.js'] ?? '';
    const scripts = (hash: string): string =>
      `<script nonce="cjE3" src="/cloister.js" integrity="${hash}" crossorigin="anonymous"></script><script nonce="cjE3" src="/bench.js"></script>`;
    const headers = { 'Content-Security-Policy': nonced(world.elements) };
    await payAndReveal(page, world, servePage(world, '/nonced', { headers, scripts: scripts(integrity) }));
    expect(watch.objections).toEqual([]);

    const wrong = `${integrity.slice(0, -1)}${integrity.endsWith('A') ? 'B' : 'A'}`;
    const path = servePage(world, '/nonced-wrong', { headers, scripts: scripts(wrong) });
    await new BenchPage(page, world).open(path);
    expect(await page.evaluate(() => 'Cloister' in window)).toBe(false);
    expect(watch.objections.join('\n')).toContain('integrity');
  });
});

test.describe('the example shop', () => {
  for (const coep of [false, true]) {
    test(`A67 sells and shows a card under the strict policy${coep ? ' and COEP require-corp' : ''}`, async ({
      page,
    }) => {
      const shop = await openExampleShop({ coep });
      try {
        const watch = await PolicyWatch.on(page);
        const policies: string[] = [];
        page.on('response', (response) => {
          const isPage = response.request().isNavigationRequest() && response.url().startsWith(shop.urls.shop);
          if (isPage) policies.push(response.headers()['content-security-policy'] ?? '');
        });
        const shopping = new ShopPage(page, shop);
        await shopping.pay(VISA, 'form');
        expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(coep);
        const card = (await shopping.cards()).first();
        await card.getByRole('button', { name: 'Show full number' }).click();
        await expect(shopping.shown(card).first()).toContainText('4242 4242 4242 4242');
        expect(watch.objections).toEqual([]);
        // Each directive stands there word for word; the others that the shop adds only take more away.
        expect(policies.length).toBeGreaterThan(1);
        for (const directive of strict(shop.urls.elements).split('; '))
          for (const policy of policies) expect(policy.split('; ')).toContain(directive);
      } finally {
        await shop.close();
      }
    });
  }
});
