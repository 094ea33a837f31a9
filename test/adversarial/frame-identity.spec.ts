import { BenchPage, FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { findLeaks, hostPlaces } from '../support/canary.js';
import { serveLookAlike } from '../support/look-alike.js';
import { addRawFrames, COLLECT_SETUP, FORM } from '../support/raw-frame.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';

declare global {
  interface Window {
    /** Over the ports that a hostile page slipped in. */
    tapped: string[];
    slipped: number;
  }
}

const MODE: Mode = 'one frame';

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
          await collect.call(['pair'], { coordinator: coordinator.hellos[0]?.frame, form: 'f'.repeat(22) }),
          await coordinator.call(['prepare'], {}),
        ];
      },
      { elements: world.elements, setup: COLLECT_SETUP },
    );
    expect(answers).toMatchObject([{ ok: true }, { ok: true, result: {} }, { ok: true, result: { session: true } }]);
    const frame = page.frames().find((each) => each.url().includes('/collect.html'));
    if (frame === undefined) throw new Error('there is no frame');
    for (const field of FIELDS) await frame.getByLabel(field, { exact: true }).fill(VISA[field]);
    const outcome = await page.evaluate(async (form) => {
      const { raw, rawCoordinator: coordinator } = window as unknown as Record<string, Window['raw']>;
      const prepared = (await coordinator?.call(['prepare'], {})) as { result: { thumbprint: string } };
      const need = { jkt: prepared.result.thumbprint, purpose: 'collect', collection: 'cards' };
      const session = await window.sessionAt('/session')(need as never);
      const frames = [raw?.hellos[0]?.frame];
      return coordinator?.call(['submit'], { form, collection: 'cards', frames, session });
    }, FORM);
    expect(outcome).toMatchObject({
      ok: true,
      result: { created: { facts: { number: { brand: 'visa', last4: '4242' } } } },
    });
    await stage.trace.mark('end');
    const { entries } = stage.trace;
    const passed = entries.filter(({ stream }) => stream.startsWith('port ') || stream.startsWith('window '));
    expect(passed.length).toBeGreaterThan(10);
    // The first figure of what was received is how many ports came with it.
    expect(passed.filter(({ what }) => /^(?:in|https?:\S+) [1-9]/u.test(what))).toEqual([]);
    expect(findLeaks(hostPlaces(entries), VISA)).toEqual([]);
  });
});
