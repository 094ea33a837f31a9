import type { Site } from '@cloister/elements';
import { FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { addFrame } from '../support/engines/strangers.js';
import { Tab } from '../support/engines/tab.js';
import { startWorld } from '../support/world.js';

const MODE: Mode = 'one frame';
const FORM = ['#card iframe'];
const COORDINATOR = ['iframe[src$="/coordinator.html"]'];

/** How much each store holds; a browser may deny a third party its stores, which is as good. */
async function stored(): Promise<string> {
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
}

async function register(script: string): Promise<string> {
  try {
    await navigator.serviceWorker.register(script);
    return 'registered';
  } catch (error) {
    return error instanceof Error ? error.name : 'refused';
  }
}

test('A60 A61 A63 A69 nothing is stored, no worker and no text becomes code, no frame has frames, while a card is paid with', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.enter(MODE);
  const inner = (): Promise<readonly (number | undefined)[]> =>
    tab.run(() => [...document.querySelectorAll('iframe')].map(({ contentWindow }) => contentWindow?.length));
  await expect.poll(inner).toEqual([0, 0]);
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
  expect(await inner()).toEqual([0, 0]);
  const script = [...world.site.files.keys()].find((path) => path.endsWith('/purify.js')) ?? '';
  const worker = world.hosts.serve('/worker.js', { type: 'text/javascript', body: '' });
  const sinks = (): readonly string[] => {
    const attempt = (action: () => unknown): string => {
      try {
        action();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    };
    const code = document.createElement('script');
    return [
      attempt(() => (document.createElement('p').innerHTML = '<b>x</b>')),
      attempt(() => (code.text = 'window.ran = true')),
      attempt(() => {
        document.body.append(code);
        if (!('ran' in window)) throw new SyntaxError('it was not run');
      }),
      attempt(() => document.createElement('p').setAttribute('onclick', 'window.ran = true')),
    ];
  };
  for (const place of [FORM, COORDINATOR]) {
    expect(await tab.runIn(place, stored)).toBe('0 0 0 0 0 0');
    expect(await tab.runIn(place, register, script)).not.toBe('registered');
    expect(await tab.runIn(place, sinks)).not.toContain('done');
  }
  // A page without such a policy may do it all, and the look would show it.
  expect(await tab.run(sinks)).toEqual(['done', 'done', 'done', 'done']);
  expect(await tab.run(register, worker)).toBe('registered');
  await tab.run(async () => {
    localStorage.setItem('x', 'y');
    sessionStorage.setItem('x', 'y');
    document.cookie = 'x=y';
    await new Promise((resolve) => (indexedDB.open('x').onsuccess = resolve));
    await caches.open('x');
  });
  expect(await tab.run(stored)).toBe('1 1 3 1 1 1');
});

test('A65 no powerful feature is allowed in a frame, whatever `allow` the page writes', async ({
  tab,
  world,
  engineName,
}) => {
  test.skip(engineName !== 'chromium', 'it has no Permissions-Policy, and no way to list what a frame may do');
  const features = ['camera', 'clipboard-read', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];
  const allowed = (asked: readonly string[]): readonly string[] => {
    const policy = (document as unknown as { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy;
    return asked.filter((feature) => policy.allowedFeatures().includes(feature));
  };
  await new EngineBench(tab, world).open();
  expect(await tab.run(allowed, features)).toEqual(features);
  for (const role of ['collect', 'reveal', 'coordinator']) {
    await tab.run(
      ({ src, allow, id }) =>
        new Promise((resolve) => {
          const iframe = document.createElement('iframe');
          Object.assign(iframe, { id, allow, src });
          iframe.addEventListener('load', () => resolve(null));
          document.body.append(iframe);
        }),
      { src: `${world.elements}/${role}.html`, allow: features.join('; '), id: `role-${role}` },
    );
    expect(await tab.runIn([`#role-${role}`], allowed, features)).toEqual([]);
  }
});

test('A66 a frame can neither navigate the page nor open a window nor ask', async ({ tab, world, session }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  // With a user's gesture, which would allow more.
  await bench.focus('number', MODE);
  const elsewhere = `${world.hosts.origin('evil')}/bench`;
  const address = await tab.run(() => location.href);
  const tried = await tab.runIn(
    FORM,
    (url) => {
      const attempt = (action: () => unknown): string => {
        try {
          return String(action());
        } catch {
          return 'refused';
        }
      };
      return [
        attempt(() => window.open(url)),
        attempt(() => window.confirm('?')),
        attempt(() => {
          if (window.top !== null) window.top.location.href = url;
        }),
      ];
    },
    elsewhere,
  );
  // Some answer with nothing, and some throw.
  expect(['null', 'refused']).toContain(tried[0]);
  expect(tried[1]).toBe('false');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await tab.run(() => location.href)).toBe(address);
  expect(await session.tabs()).toHaveLength(1);
  // A frame that is not sandboxed does it on a click.
  const body = `<!doctype html><button onclick="top.location.href = '${elsewhere}'">go</button>`;
  const path = world.hosts.serve('/navigator', { body });
  await addFrame(tab, { id: 'ad', src: `${world.hosts.origin('ads')}${path}` });
  await tab.click(['#ad'], 'button');
  await tab.until([], () => location.hostname === 'evil.localhost');
});

test('A67 a page that isolates itself embeds our frames, and no others', async ({ session, tab, world }) => {
  const bench = new EngineBench(tab, world);
  const headers = { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' };
  await bench.mountCard(MODE, { headers });
  expect(await tab.run(() => window.crossOriginIsolated)).toBe(true);
  // Not by keys: Firefox isolates the page in another process, and what its driver types arrives nowhere.
  await tab.runIn(
    FORM,
    (values) => {
      for (const [index, input] of document.querySelectorAll('input').entries()) {
        input.value = values[index] ?? '';
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    },
    FIELDS.map((field) => VISA[field]),
  );
  expect(await bench.submit()).toMatchObject({ ok: true });
  world.hosts.serve('/tell', { body: "<!doctype html><script>parent.postMessage('here', '*')</script>" });
  const greeted = (from: Tab, src: string): Promise<boolean> =>
    from.run(
      (url) =>
        new Promise<boolean>((resolve) => {
          const iframe = document.createElement('iframe');
          iframe.src = url;
          addEventListener('message', ({ source }) => {
            if (source === iframe.contentWindow) resolve(true);
          });
          setTimeout(resolve, 2000, false);
          document.body.append(iframe);
        }),
      src,
    );
  expect(await greeted(tab, `${world.hosts.origin('ads')}/tell`)).toBe(false);
  // In a tab of its own: Firefox's driver may not hear of a page that leaves its isolation, and so its process.
  const plain = new Tab(await session.open());
  await new EngineBench(plain, world).open();
  expect(await greeted(plain, `${world.hosts.origin('ads')}/tell`)).toBe(true);
});

const withHeader =
  (suffix: string, name: string, value: string) =>
  (site: Site): Site => ({
    ...site,
    files: new Map(
      [...site.files].map(([path, file]) =>
        path.endsWith(suffix) ? [path, { ...file, headers: { ...file.headers, [name]: value } }] : [path, file],
      ),
    ),
  });

test('A68 a script that is served as something else does not run', async ({ tab }) => {
  const world = await startWorld({ served: withHeader('/collect.html', 'Content-Type', 'text/plain; charset=utf-8') });
  try {
    const bench = new EngineBench(tab, world);
    await bench.open();
    expect(['blocked', 'timeout']).toContain((await bench.tryMount(MODE, 4000))?.code);
  } finally {
    await world.close();
  }
});
