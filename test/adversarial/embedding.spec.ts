import type { Page } from '@playwright/test';
import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    answers: unknown[];
  }
}

const MODE: Mode = 'one frame';
const ROLES = ['collect', 'reveal', 'coordinator'] as const;

/** Text of the document in each frame of ours, or that the browser shows its own error page there. */
const framesOf = (page: Page, { elements }: World): readonly string[] =>
  page
    .frames()
    .slice(1)
    .map((frame) => (frame.url().startsWith(elements) ? 'ours' : frame.url()));

async function mounted(page: Page, world: World): Promise<BenchPage> {
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  return bench;
}

test.describe('a page that is not on the list', () => {
  for (const role of ROLES) {
    test(`A24 cannot embed the ${role} document, directly or inside of a page that is`, async ({ page, world }) => {
      const { hosts, elements } = world;
      const inner = hosts.serve('/inner', { body: `<!doctype html><iframe src="${elements}/${role}.html"></iframe>` });
      hosts.serve('/outer', { body: `<!doctype html><iframe src="${world.shop}${inner}"></iframe>` });
      await page.goto(`${hosts.origin('evil')}${inner}`, { waitUntil: 'load' });
      await expect.poll(() => framesOf(page, world)).toEqual(['chrome-error://chromewebdata/']);
      await page.goto(`${hosts.origin('evil')}/outer`, { waitUntil: 'load' });
      await expect
        .poll(() => framesOf(page, world))
        .toEqual([`${world.shop}${inner}`, 'chrome-error://chromewebdata/']);
      // A listed page can; so what is seen above is the refusal.
      await page.goto(`${world.shop}${inner}`, { waitUntil: 'load' });
      await expect.poll(() => framesOf(page, world)).toEqual(['ours']);
    });
  }

  test('is told so by `mount`, also when a listed page stands in it', async ({ page, world }) => {
    const evil = world.hosts.origin('evil');
    const bench = new BenchPage(page, world);
    await bench.open('/bench', evil);
    expect(await bench.tryMount(MODE)).toMatchObject({ code: 'origin' });
    world.hosts.serve('/nesting', { body: `<!doctype html><iframe src="${world.shop}/bench"></iframe>` });
    await page.goto(`${evil}/nesting`);
    const code = await page.frames()[1]?.evaluate(async () => {
      window.form = window.makeClient().collect('cards');
      const mounting = window.form.mount('#card', { layout: [['number']] });
      return mounting.then(
        () => 'mounted',
        (error: unknown) => (error as { code: string }).code,
      );
    });
    expect(code).toBe('origin');
  });

  test('gets from the diagnosis one word about itself, and nothing about others', async ({ page, world }) => {
    const ask = async (host: string): Promise<readonly unknown[]> => {
      const { hosts, elements } = world;
      hosts.serve('/asking', { body: `<!doctype html><iframe src="${elements}/diagnose.html"></iframe>` });
      await page.goto(`${hosts.origin(host)}/asking`, { waitUntil: 'load' });
      return page.evaluate(async (target) => {
        window.answers = [];
        window.addEventListener('message', ({ data }) => window.answers.push(data));
        const probes = [
          { cloister: 'diagnose' },
          { cloister: 'diagnose', host: 'http://shop.localhost' },
          { cloister: 'hello' },
          'diagnose',
        ];
        for (const probe of probes) window[0]?.postMessage(probe, target);
        await new Promise((resolve) => setTimeout(resolve, 400));
        return window.answers;
      }, elements);
    };
    expect(await ask('evil')).toEqual([{ cloister: 'diagnosis', host: 'unlisted' }]);
    expect(await ask('shop')).toEqual([{ cloister: 'diagnosis', host: 'listed' }]);
  });
});

test.describe('what a frame may do', () => {
  test('A60 nothing is stored while a card is paid with', async ({ page, world }) => {
    const bench = await mounted(page, world);
    expect(await bench.submit()).toMatchObject({ ok: true });
    const dump = async (): Promise<string> => {
      // A browser may deny a third party its stores, which is as good.
      const look = async (read: () => unknown): Promise<unknown> => {
        try {
          return await read();
        } catch {
          return 0;
        }
      };
      const found = [
        await look(() => localStorage.length),
        await look(() => sessionStorage.length),
        await look(() => document.cookie.length),
        await look(async () => (await indexedDB.databases()).length),
        await look(async () => (await caches.keys()).length),
        await look(async () => (await navigator.serviceWorker.getRegistrations()).length),
      ];
      return found.join(' ');
    };
    const frames = page.frames().filter((frame) => frame.url().startsWith(world.elements));
    expect(frames).toHaveLength(2);
    for (const frame of frames) expect(await frame.evaluate(dump)).toBe('0 0 0 0 0 0');
    expect((await page.context().cookies()).filter(({ domain }) => domain.includes('elements'))).toEqual([]);
    // The dump would show it.
    await page.evaluate(async () => {
      localStorage.setItem('x', 'y');
      sessionStorage.setItem('x', 'y');
      document.cookie = 'x=y';
      await new Promise((resolve) => (indexedDB.open('x').onsuccess = resolve));
      await caches.open('x');
    });
    expect(await page.evaluate(dump)).toBe('1 1 3 1 1 0');
  });

  test('A61 no service worker is registered at the elements origin, in a frame or by itself', async ({
    page,
    world,
  }) => {
    const register = async (script: string): Promise<string> => {
      try {
        await navigator.serviceWorker.register(script);
        return 'registered';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    };
    const worker = world.hosts.serve('/worker.js', { type: 'text/javascript', body: '' });
    const bench = await mounted(page, world);
    expect(await page.evaluate(register, worker)).toBe('registered');
    const script = [...world.site.files.keys()].find((path) => path.endsWith('/purify.js')) ?? '';
    expect(await (await bench.frameOf('number', MODE)).evaluate(register, script)).not.toBe('registered');
    await page.goto(`${world.elements}/collect.html`);
    // By the policy (`worker-src` falls back to `'none'`), or before it because a text is no trusted address.
    expect(await page.evaluate(register, script)).toMatch(/^(?:SecurityError|TypeError)$/u);
  });

  test('A65 no powerful feature is allowed in a frame, whatever `allow` the page writes', async ({ page, world }) => {
    const allowed = (): readonly string[] => {
      const policy = (document as unknown as { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy;
      return policy.allowedFeatures().toSorted();
    };
    await page.goto(`${world.shop}/bench`);
    const powerful = [
      'camera',
      'clipboard-read',
      'clipboard-write',
      'display-capture',
      'geolocation',
      'microphone',
      'payment',
      'publickey-credentials-get',
      'storage-access',
      'usb',
    ];
    expect(await page.evaluate(allowed)).toEqual(expect.arrayContaining(['camera', 'geolocation', 'payment']));
    await page.evaluate(
      ({ elements, roles, features }) => {
        for (const role of roles) {
          const iframe = document.createElement('iframe');
          iframe.allow = features.join('; ');
          iframe.src = `${elements}/${role}.html`;
          document.body.append(iframe);
        }
      },
      { elements: world.elements, roles: [...ROLES], features: powerful },
    );
    await expect.poll(() => framesOf(page, world)).toEqual(['ours', 'ours', 'ours']);
    for (const frame of page.frames().slice(1)) {
      await frame.waitForLoadState();
      const may = await frame.evaluate(allowed);
      const expected = frame.url().endsWith('/reveal.html') ? ['clipboard-write'] : [];
      expect(
        powerful.filter((feature) => may.includes(feature)),
        frame.url(),
      ).toEqual(expected);
    }
  });

  test('A66 a frame can neither navigate the page nor open a window, download or ask', async ({ page, world }) => {
    const bench = await mounted(page, world);
    const popups: Page[] = [];
    page.on('popup', (popup) => popups.push(popup));
    page.on('dialog', (dialog) => void dialog.dismiss());
    const downloads: unknown[] = [];
    page.on('download', (download) => downloads.push(download));
    const frame = await bench.frameOf('number', MODE);
    // With a user's gesture, which would allow more.
    await bench.input('number', MODE).click();
    const tried = await frame.evaluate((url) => {
      const attempt = (action: () => unknown): string => {
        try {
          return String(action());
        } catch (error) {
          return error instanceof Error ? error.name : 'refused';
        }
      };
      const link = document.createElement('a');
      link.href = 'blob:x';
      link.download = 'x';
      document.body.append(link);
      return [
        attempt(() => {
          if (window.top !== null) window.top.location.href = url;
        }),
        attempt(() => window.open(url)),
        attempt(() => window.confirm('?')),
        attempt(() => {
          link.click();
        }),
      ];
    }, world.hosts.origin('evil'));
    expect(tried.slice(0, 3)).toEqual(['SecurityError', 'null', 'false']);
    await page.waitForTimeout(300);
    expect(page.url()).toBe(`${world.shop}/bench`);
    expect(popups).toEqual([]);
    expect(downloads).toEqual([]);
  });
});
