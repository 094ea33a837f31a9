import { BenchPage, FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { findLeaks, hostPlaces } from '../support/canary.js';
import { addRawFrames } from '../support/raw-frame.js';
import { recordRequests } from '../support/requests.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';

const MODE: Mode = 'one frame';
const OPTIONAL_FEATURES: readonly string[] = ['csp', 'credentialless'];

test.describe('flags, names and addresses of a hostile page', () => {
  test('A22 A25 switch nothing on: the same trace without values, and no request elsewhere', async ({
    page,
    world,
  }) => {
    const requests = recordRequests(page);
    const stage = await Stage.set(page, world);
    await page.addInitScript(() => {
      if (window !== window.top) return;
      const flags = { env: 'DEV', debug: true, log: true, test: true, returnValue: true, logLevel: 'DEBUG' };
      Object.assign(window, flags, { CLOISTER_DEBUG: true, __CLOISTER_CONFIG__: { vault: 'http://thief.localhost' } });
      localStorage.setItem('debug', '*');
      // Every frame that is made gets a name and an address that a careless one would read.
      const made = document as unknown as { createElement: (tag: string) => HTMLElement };
      const create = made.createElement.bind(document);
      made.createElement = (tag) => {
        const element = create(tag);
        if (!(element instanceof HTMLIFrameElement)) return element;
        const set = element.setAttribute.bind(element);
        element.name = JSON.stringify({ ...flags, vault: 'http://thief.localhost', parent: 'http://thief.localhost' });
        element.setAttribute = (name, value) => set(name, name === 'referrerpolicy' ? 'no-referrer' : value);
        return element;
      };
      let honest: typeof window.makeClient;
      Object.defineProperty(window, 'makeClient', {
        set: (make: typeof window.makeClient) => (honest = make),
        get: () => (options?: Parameters<typeof honest>[0]) => honest({ ...options, ...(flags as object) }),
      });
    });
    await stage.mount({ collection: 'cards', fields: FIELDS, mode: MODE });
    const name = await page
      .frames()
      .at(-1)
      ?.evaluate(() => window.name);
    expect(name).toContain('thief');
    for (const field of FIELDS) await stage.insert(field, VISA[field]);
    expect(await stage.submit()).toMatchObject({ ok: true });
    expect(findLeaks(hostPlaces(stage.trace.entries), VISA)).toEqual([]);
    const asked = requests.map((line) => new URL(line.slice(line.indexOf(' ') + 1)).origin);
    expect([...new Set(asked)].toSorted()).toEqual([world.shop, world.elements, world.vaultUrl].toSorted());
  });
});

test.describe('attributes that a hostile page gives a frame', () => {
  test('A05 A27 sandboxed without its origin it does not boot, though the page welcomes it', async ({
    page,
    world,
  }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const result = await page.evaluate(async (elements) => {
      const raws = [];
      for (const role of ['collect', 'reveal', 'coordinator'])
        raws.push(
          await window.openRaw(`${elements}/${role}.html`, (iframe) => {
            iframe.setAttribute('sandbox', 'allow-scripts');
          }),
        );
      return raws.map(({ hellos }) => hellos.length);
    }, world.elements);
    expect(result).toEqual([0, 0, 0]);
    for (const frame of page.frames().slice(1)) {
      expect(await frame.evaluate(() => origin)).toBe('null');
      await expect(frame.locator('input, output')).toHaveCount(0);
    }
  });

  test('A27 sandboxed without its origin behind the SDK’s back: the mount is refused', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.open();
    await page.evaluate(() => {
      const set = Element.prototype.setAttribute;
      Element.prototype.setAttribute = function (name, value): void {
        set.call(this, name, name === 'sandbox' ? 'allow-scripts' : value);
      };
    });
    const refused = await bench.tryMount(MODE, { timeout: 8000 });
    expect(['unsupported', 'blocked', 'timeout']).toContain(refused?.code);
    await expect(page.locator('#card iframe')).toHaveCount(0);
  });

  for (const attribute of OPTIONAL_FEATURES) {
    test(`A27 \`${attribute}\` cannot weaken it: either it runs with all its guards, or not at all`, async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      await page.evaluate((name) => {
        const set = Element.prototype.setAttribute;
        Element.prototype.setAttribute = function (key, value): void {
          set.call(this, key, value);
          if (this instanceof HTMLIFrameElement)
            set.call(this, name, name === 'csp' ? "script-src 'unsafe-inline' *; connect-src *" : '');
        };
      }, attribute);
      const refused = await bench.tryMount(MODE, { timeout: 8000 });
      if (refused !== null) {
        expect(['blocked', 'timeout', 'unsupported']).toContain(refused.code);
        return;
      }
      const frame = await bench.frameOf('number', MODE);
      const fetched = await frame.evaluate(
        (url) =>
          fetch(url).then(
            () => 'fetched',
            () => 'refused',
          ),
        world.shop,
      );
      expect(fetched).toBe('refused');
    });
  }

  test('A27 opened by itself, outside of any page, no document runs', async ({ page, world }) => {
    for (const role of ['collect', 'reveal', 'coordinator']) {
      await page.goto(`${world.elements}/${role}.html`);
      await page.evaluate(() => {
        window.postMessage({ cloister: 'welcome', frame: 'a'.repeat(22) }, location.origin);
      });
      // Its own script stands there, and nothing that anybody could see or type into.
      await expect(page.locator('body > :not(script)')).toHaveCount(0);
    }
  });
});
