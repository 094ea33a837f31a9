import { emitterOf, hostHeaders, plainHeaders, type HeaderRule, type HostPage } from '@cloister/csp';
import { BenchPage, VISA } from '../support/bench-page.js';
import { openExampleShop } from '../support/example-shop.js';
import { freePorts } from '../support/free-ports.js';
import { get } from '../support/get.js';
import type { HostServer } from '../support/host-server.js';
import { PolicyWatch } from '../support/policy-watch.js';
import type { FrontKind } from '../support/servers/front.js';
import { NODE_SERVERS } from '../support/servers/node-servers.js';
import { openStrictShop } from '../support/servers/strict-shop.js';
import { WEB_SERVERS } from '../support/servers/web-servers.js';
import { ShopPage } from '../support/shop-page.js';
import { expect, test as base } from '../support/test.js';

/** A world whose shop stands behind the server under test, which takes the shop's port. */
const test = base.extend<object, { readonly upstream: HostServer }>({
  upstream: [
    async ({ world }, use) => {
      await world.hosts.close();
      const [port = 0] = await freePorts(1);
      const upstream = await openStrictShop(world, port);
      await use(upstream);
      await upstream.close();
    },
    { scope: 'worker' },
  ],
});

const POLICY = 'Content-Security-Policy';
/** All headers that a page with fields should have. */
const wanted = (elements: string, page: Partial<HostPage> = {}): HeaderRule['headers'] =>
  plainHeaders(hostHeaders({ elements, mode: 'hosts', secure: false, ...page }));
const siteWide = (...headers: HeaderRule['headers']): readonly HeaderRule[] => [{ path: '/*', headers }];
const portOf = (origin: string): number => Number(new URL(origin).port);

/** Runs a server with these rules while `act` looks at it. */
async function serving(
  {
    kind,
    port,
    upstream,
  }: { readonly kind: FrontKind; readonly port: number; readonly upstream: Pick<HostServer, 'port'> },
  rules: readonly HeaderRule[],
  act: () => Promise<void>,
): Promise<void> {
  const emission = emitterOf(kind.id)?.emit(rules);
  if (emission === undefined) throw new Error(`no emitter ${kind.id}`);
  const front = await kind.start({ port, upstream: upstream.port, emission });
  try {
    await act();
  } finally {
    await front.stop();
  }
}

/** What means something to one of the servers; nginx cannot write `$`, nor Caddy what may be a placeholder. */
const nasty = (id: string): HeaderRule['headers'] => {
  const dollar = id === 'nginx' ? '%24' : '$';
  const braces = id === 'caddy' ? '{}' : String.raw`{host} \{ %{Host}i {|}`;
  return [
    ['X-Json', `{"group":"csp","max_age":1,"endpoints":[{"url":"https://shop.example/csp?a=%20&b=${dollar}b"}]}`],
    ['X-Letters', `!"#${dollar}%&'()*+,-./:;<=>?@[\\]^_|~`],
    ['X-Backslashes', String.raw`\" \\ \n ${braces} %% # \u0041 \$`.replace('$', dollar)],
    ['X-Backtick', 'a ` and \' and " and \\ x'],
    ['X-End', 'a backslash\\'],
  ];
};

for (const kind of [...WEB_SERVERS, ...NODE_SERVERS]) {
  test.describe(`${kind.id} with the text that was written for it`, () => {
    test.skip(kind.missing !== undefined, kind.missing ?? '');

    test('sends all headers as they are, once, and a card is paid without an objection of the browser', async ({
      page,
      world,
      upstream,
    }) => {
      const port = portOf(world.shop);
      const expected = wanted(world.elements, { trustedTypes: true });
      await serving({ kind, port, upstream }, siteWide(...expected), async () => {
        for (const path of ['/checkout/', '/own/', '/nowhere']) {
          const { headers } = await get(port, path);
          for (const [name, value] of expected) expect(headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
        }
        const watch = await PolicyWatch.on(page);
        const bench = new BenchPage(page, world);
        await bench.mountCard('one frame', { path: '/checkout/' });
        await bench.fill(VISA, 'one frame');
        expect(await bench.submit()).toMatchObject({ ok: true });
        expect(watch.objections).toEqual([]);
      });
    });

    test('stands before the example shop, and a lamp is paid for without an objection of the browser', async ({
      page,
    }) => {
      test.setTimeout(90_000);
      const [port = 0, shopPort = 0] = await freePorts(4);
      const shop = await openExampleShop({
        behind: { origin: `http://shop.localhost:${String(port)}`, port: shopPort },
      });
      try {
        const headers = wanted(shop.urls.elements, { trustedTypes: true });
        await serving({ kind, port, upstream: { port: shopPort } }, siteWide(...headers), async () => {
          const answer = await get(port, '/', { headers: { host: new URL(shop.urls.shop).host } });
          for (const [name, value] of headers) expect(answer.headers[name.toLowerCase()], name).toBe(value);
          const watch = await PolicyWatch.on(page);
          const shopping = new ShopPage(page, shop);
          await shopping.pay(VISA, 'form');
          await expect(shopping.receipt).toContainText('Visa ending in 4242');
          expect(watch.objections).toEqual([]);
        });
      } finally {
        await shop.close();
      }
    });

    test('sends a policy that lacks the frames, and the mount is refused', async ({ page, world, upstream }) => {
      const port = portOf(world.shop);
      const without = wanted(world.elements).map(
        ([name, value]) => [name, value.replace(`frame-src ${world.elements}; `, '')] as const,
      );
      await serving({ kind, port, upstream }, siteWide(...without), async () => {
        const bench = new BenchPage(page, world);
        await bench.open('/checkout/');
        expect(await bench.tryMount('one frame', { timeout: 3000 })).toMatchObject({ code: 'csp' });
      });
    });

    test('sends for each path the headers of the rule that is closest', async ({ world, upstream }) => {
      const port = portOf(world.shop);
      const rules: readonly HeaderRule[] = [
        { path: '/checkout/*', headers: [[POLICY, "default-src 'self'"]] },
        {
          path: '/*',
          headers: [
            [POLICY, "default-src 'none'"],
            ['X-Wide', 'wide'],
          ],
        },
        { path: '/checkout/pay', headers: [[POLICY, "frame-src 'none'"]] },
        { path: '/checkout', headers: [[POLICY, "img-src 'none'"]] },
        { path: '/a.b', headers: [['X-Dot', 'dot']] },
      ];
      const expected: readonly (readonly [path: string, policy: string, dot?: string])[] = [
        ['/help', "default-src 'none'"],
        ['/', "default-src 'none'"],
        ['/checkout', "img-src 'none'"],
        ['/Checkout/', "img-src 'none'"],
        ['/checkout/x', "default-src 'self'"],
        ['/CHECKOUT/x', "default-src 'self'"],
        ['/checkout/payer', "default-src 'self'"],
        ['/checkout/pay', "frame-src 'none'"],
        ['/checkout/Pay/', "frame-src 'none'"],
        ['/%63heckout/pay', "frame-src 'none'"],
        ['/a.b', "default-src 'none'", 'dot'],
        ['/aXb', "default-src 'none'"],
      ];
      await serving({ kind, port, upstream }, rules, async () => {
        for (const [path, policy, dot] of expected) {
          const { headers } = await get(port, path);
          expect(headers['content-security-policy'], path).toBe(policy);
          expect(headers['x-wide'], path).toBe('wide');
          expect(headers['x-dot'], path).toBe(dot);
        }
      });
    });

    test('sends every letter as it was given', async ({ world, upstream }) => {
      const port = portOf(world.shop);
      const values = nasty(kind.id);
      await serving({ kind, port, upstream }, siteWide(...values), async () => {
        const { headers } = await get(port, '/help');
        for (const [name, value] of values) expect(headers[name.toLowerCase()]).toBe(value);
      });
    });
  });
}

test('nginx drops the headers of a location that has others of its own and does not include the file', async ({
  world,
  upstream,
}) => {
  const kind = WEB_SERVERS.find(({ id }) => id === 'nginx');
  test.skip(kind?.missing !== undefined, kind?.missing ?? '');
  if (kind === undefined) return;
  const port = portOf(world.shop);
  await serving({ kind, port, upstream }, siteWide([POLICY, "default-src 'none'"]), async () => {
    expect((await get(port, '/bare/')).headers).not.toHaveProperty('content-security-policy');
  });
});

for (const kind of NODE_SERVERS) {
  test(`${kind.id} makes a nonce for each answer, and a card is paid with scripts that have it`, async ({
    page,
    world,
    upstream,
  }) => {
    const port = portOf(world.shop);
    await serving({ kind, port, upstream }, siteWide(...wanted(world.elements, { mode: 'nonces' })), async () => {
      const nonces = new Set<string>();
      for (let times = 0; times < 20; times += 1) {
        const { headers, body } = await get(port, '/checkout/', { headers: { accept: 'text/html' } });
        expect(headers['cache-control']).toBe('no-store');
        const nonce = /'nonce-([A-Za-z0-9+/]+={0,2})'/u.exec(String(headers['content-security-policy']))?.[1] ?? '';
        expect(Buffer.from(nonce, 'base64').byteLength).toBeGreaterThanOrEqual(16);
        expect(body.toString('utf8')).toContain(`<script nonce="${nonce}" src="/cloister.js">`);
        nonces.add(nonce);
      }
      expect(nonces.size).toBe(20);
      const watch = await PolicyWatch.on(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard('one frame', { path: '/checkout/' });
      await bench.fill(VISA, 'one frame');
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect(watch.objections).toEqual([]);
      // Only what has the nonce: one without is refused.
      await page.evaluate(() =>
        document.body.append(Object.assign(document.createElement('script'), { src: '/bench.js' })),
      );
      await expect.poll(() => watch.objections.join('\n')).toContain('script-src-elem');
    });
  });
}
