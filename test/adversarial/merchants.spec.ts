import type { Page } from '@playwright/test';
import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { fillByHand, openByHand, pairByHand, submitByHand } from '../support/by-hand.js';
import { addRawFrames } from '../support/raw-frame.js';
import { serveSession } from '../support/session-desk.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import { startWorld, type World } from '../support/world.js';

test.use({ worldOptions: { hosts: ['shop', 'outlet'] } });

declare global {
  interface Window {
    /** Whatever could carry something from one tab to another. */
    crossed: string[];
  }
}

const MODE: Mode = 'one frame';

/** Notes in every frame of ours whatever reaches it from elsewhere than its page, and every channel that it opens. */
async function noteCrossings(page: Page, elements: string): Promise<void> {
  await page.addInitScript((origin) => {
    if (location.origin !== origin) return;
    window.crossed = [];
    const opened = (name: 'BroadcastChannel' | 'SharedWorker'): void => {
      const original: unknown = Reflect.get(window, name);
      if (typeof original !== 'function') return;
      Reflect.set(
        window,
        name,
        new Proxy(original, {
          construct: (target, args) => {
            window.crossed.push(`${name} ${String(args[0])}`);
            return Reflect.construct(target, args) as object;
          },
        }),
      );
    };
    opened('BroadcastChannel');
    opened('SharedWorker');
    window.addEventListener('storage', () => window.crossed.push('storage'));
    window.addEventListener('message', ({ source, data }) => {
      if (source === null) window.crossed.push(`message ${JSON.stringify(data)}`);
    });
  }, elements);
}

test.describe('two shops on one elements origin, in two tabs of one browser', () => {
  test('A11 hear nothing of each other, not even with the same ids', async ({ context, world }) => {
    const { elements, hosts } = world;
    serveSession(world, '/session-outlet', () => ({
      purpose: 'collect',
      collection: 'cards',
      origin: hosts.origin('outlet'),
    }));
    const [one, other] = [await context.newPage(), await context.newPage()];
    for (const page of [one, other]) {
      await noteCrossings(page, elements);
      await addRawFrames(page);
    }
    await one.goto(`${world.shop}/bench`);
    await other.goto(`${hosts.origin('outlet')}/bench`);
    const mine = await openByHand(one, elements);
    const theirs = await openByHand(other, elements);
    expect(await pairByHand(one, mine.coordinator)).toMatchObject({ ok: true });
    await fillByHand(one);
    // The other tab knows every id of the first, and uses its own coordinator and frame with them.
    expect(await pairByHand(other, mine.coordinator)).toBe('silence');
    expect(await submitByHand(other, mine.collect, '/session-outlet')).toEqual({ ok: false, code: 'unpaired' });
    const before = await storedRecords(world);
    // The vault may take longer than the page waits for an answer.
    await one.bringToFront();
    await submitByHand(one, mine.collect, '/session');
    await expect.poll(() => storedRecords(world)).toBe(before + 1);
    expect(theirs.collect).not.toBe(mine.collect);
    const frames = [one, other].flatMap((page) => page.frames().filter((frame) => frame.url().startsWith(elements)));
    expect(frames).toHaveLength(4);
    for (const frame of frames) expect(await frame.evaluate(() => window.crossed)).toEqual([]);
    // A channel that is opened would be noticed.
    await frames[0]?.evaluate(() => new BroadcastChannel('cloister'));
    expect(await frames[0]?.evaluate(() => window.crossed)).toEqual(['BroadcastChannel cloister']);
  });
});

test.describe('another merchant', () => {
  test('A24 a page of one shop cannot use the frames, the vault or a session of another', async ({ page, world }) => {
    const theirs: World = await startWorld();
    try {
      const bench = new BenchPage(page, world);
      await bench.open();
      expect(await bench.tryMount(MODE, { elements: theirs.elements })).toMatchObject({ code: 'origin' });
      await expect(page.locator('#card iframe')).toHaveCount(0);
      // Options that name another merchant or key are not options.
      const merchant = {
        team: 'theirs',
        app: 'theirs',
        merchant: theirs.shop,
        publicKey: 'x',
        key: 'x',
        vault: theirs.vaultUrl,
      };
      await page.evaluate((options) => {
        const honest = window.makeClient;
        window.makeClient = (own) => honest({ ...own, ...options });
      }, merchant);
      expect(await bench.tryMount(MODE)).toBeNull();
      await bench.fill(VISA, MODE);
      const asked = page.waitForRequest((request) => request.url().includes('/v1/records'));
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect(new URL((await asked).url()).origin).toBe(world.vaultUrl);
      expect(await storedRecords(theirs)).toBe(0);
      // Where they are listed, the same frames do mount.
      const own = new BenchPage(page, theirs);
      await own.open();
      expect(await own.tryMount(MODE)).toBeNull();
    } finally {
      await theirs.close();
    }
  });
});

test.describe('an origin that only looks like a listed one', () => {
  const LOOK_ALIKES = ['shop.localhost.evil', 'xshop', 'shop-x', 'www.shop', 'shopx', 'sh0p'] as const;
  test('A16 is none of the listed, whichever way its name is like one', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    for (const name of LOOK_ALIKES) {
      await bench.open('/bench', world.hosts.origin(name));
      expect(await bench.tryMount(MODE), name).toMatchObject({ code: 'origin' });
    }
    await bench.open('/bench', world.hosts.origin('outlet'));
    expect(await bench.tryMount(MODE)).toBeNull();
  });

  test('A16 is no origin of frames: an expression, a list or a pattern is refused at once', async ({ page, world }) => {
    await new BenchPage(page, world).open();
    const thrown = await page.evaluate((elements) => {
      const { port } = new URL(elements);
      const given: unknown[] = [
        /^http:\/\/elements\.localhost/u,
        /elements/gu,
        [elements],
        new String(elements),
        () => elements,
        '*',
        'null',
        `http://*.localhost:${port}`,
        `${elements}/`,
        ` ${elements}`,
        elements.toUpperCase(),
        location.origin,
      ];
      return given.map((each) => {
        try {
          window.makeClient({ elements: each as string });
          return `${String(each)} was taken`;
        } catch (error) {
          return error instanceof TypeError ? 'TypeError' : String(error);
        }
      });
    }, world.elements);
    expect(new Set(thrown)).toEqual(new Set(['TypeError']));
    await page.evaluate(() => void window.makeClient());
  });
});
