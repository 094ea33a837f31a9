import type { Frame, Page } from '@playwright/test';
import { BenchPage, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

/** All origins that a page and its frames asked for anything. */
function watchOrigins(page: Page): ReadonlySet<string> {
  const seen = new Set<string>();
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http')) seen.add(origin);
  });
  return seen;
}

const EVIL_KEYS = ['vault', 'vaultUrl', 'adapter', 'config', 'env', 'endpoint', 'connect', 'collections'] as const;

/** Pays on a page that was meddled with; answers which origins heard of it. */
async function pay(page: Page, world: World, mount: (bench: BenchPage) => Promise<void>): Promise<readonly string[]> {
  const origins = watchOrigins(page);
  const bench = new BenchPage(page, world);
  await mount(bench);
  await bench.fill(VISA, 'one frame');
  expect(await bench.submit()).toMatchObject({ ok: true });
  return [...origins].toSorted();
}

const ours = ({ shop, elements, vaultUrl }: World): readonly string[] => [shop, elements, vaultUrl].toSorted();

test.describe('a page cannot name another vault', () => {
  test('the watch notices a request elsewhere', async ({ page, world }) => {
    const evil = world.hosts.origin('evil');
    const origins = watchOrigins(page);
    await new BenchPage(page, world).open();
    await page.evaluate((url) => fetch(url, { mode: 'no-cors' }), `${evil}/v1/records`);
    expect([...origins]).toContain(evil);
  });

  test('A23 by an option', async ({ page, world }) => {
    const evil = world.hosts.origin('evil');
    const origins = await pay(page, world, async (bench) => {
      await bench.mountCard('one frame', {
        look: Object.fromEntries(EVIL_KEYS.map((key) => [key, evil])),
        prepare: () => {
          const evilHost = location.origin.replace('shop.', 'evil.');
          const honest = window.makeClient;
          const keys = ['vault', 'vaultUrl', 'adapter', 'config', 'env', 'endpoint', 'connect', 'collections'];
          window.makeClient = (options) =>
            honest({ ...options, ...Object.fromEntries(keys.map((key) => [key, evilHost])) });
        },
      });
    });
    expect(origins).toEqual(ours(world));
  });

  test('A23 by the address of the frames: anything but an exact origin is refused at once', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.open();
    const evil = world.hosts.origin('evil');
    for (const suffix of ['/', `?vault=${evil}`, `#vault=${evil}`, `/coordinator.html?vault=${evil}`, '\\@evil']) {
      const elements = `${world.elements}${suffix}`;
      const thrown = await page.evaluate((elements) => {
        try {
          window.makeClient({ elements });
          return 'nothing';
        } catch (error) {
          return error instanceof Error ? error.name : 'something';
        }
      }, elements);
      expect(thrown, elements).toBe('TypeError');
    }
  });

  test('A23 by query, fragment or name of the coordinator’s frame', async ({ page, world }) => {
    const evil = world.hosts.origin('evil');
    const origins = await pay(page, world, async (bench) => {
      await bench.mountCard('one frame', {
        prepare: () => {
          const evilHost = location.origin.replace('shop.', 'evil.');
          // As a hostile page would: every frame that is inserted gets an address and a name of its choice.
          const insert = Element.prototype.append;
          Element.prototype.append = function (this: Element, ...nodes: (Node | string)[]) {
            for (const node of nodes) {
              if (!(node instanceof HTMLIFrameElement)) continue;
              node.name = JSON.stringify({ vault: evilHost });
              node.src = `${node.src.split('#')[0] ?? ''}?vault=${evilHost}&config=${evilHost}#vault=${evilHost}`;
              document.documentElement.dataset['meddled'] = node.src;
            }
            insert.apply(this, nodes);
          };
        },
      });
      expect(await page.evaluate(() => document.documentElement.dataset['meddled'])).toContain(evil);
    });
    expect(origins).toEqual(ours(world));
  });

  test('A23 by a message to any frame', async ({ page, world }) => {
    const origins = await pay(page, world, async (bench) => {
      await bench.mountCard('one frame');
      await page.evaluate((elements) => {
        const vault = location.origin.replace('shop.', 'evil.');
        const forged = [
          { vault },
          { cloister: 'welcome', vault },
          { cloister: 'config', config: { vault } },
          { namespace: 'penpal', type: 'CALL', methodPath: ['setVault'], args: [vault] },
          { type: 'init', options: { vaultUrl: vault, env: 'DEV' } },
        ];
        for (const frame of document.querySelectorAll('iframe'))
          for (const message of forged) frame.contentWindow?.postMessage(message, elements);
      }, world.elements);
    });
    expect(origins).toEqual(ours(world));
  });

  test('A23 the coordinator itself could reach no other: its policy names one', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const coordinator = await bench.enter('one frame');
    const open = world.hosts.serve('/v1/open', { body: '', headers: { 'Access-Control-Allow-Origin': '*' } });
    const reach = (from: Frame, url: string): Promise<string> =>
      from.evaluate((to) => fetch(to, { method: 'POST', body: '' }).then(({ status }) => String(status), String), url);
    for (const elsewhere of [world.hosts.origin('evil'), world.shop]) {
      expect(await reach(page.mainFrame(), elsewhere + open), 'it would answer').toBe('200');
      expect(await reach(coordinator, elsewhere + open), elsewhere).toBe('TypeError: Failed to fetch');
    }
    expect(await reach(coordinator, `${world.elements}/collect.html`)).toBe('TypeError: Failed to fetch');
    expect(await reach(coordinator, `${world.vaultUrl}/v1/records`)).toBe('415');
  });
});
