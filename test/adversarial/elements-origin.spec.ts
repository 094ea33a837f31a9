import { basename } from 'node:path';
import { buildSite, type SiteFile } from '@cloister/elements';
import { parseConfig } from '@cloister/protocol';
import type { Frame, Page } from '@playwright/test';
import { BenchPage, MODES, VISA, type Mode } from '../support/bench-page.js';
import { get } from '../support/get.js';
import { inlineScript, integrityOf } from '../support/inline-script.js';
import { RevealBench } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';
import { COLLECTIONS, startWorld, type World } from '../support/world.js';

const MODE: Mode = 'one frame';
const DOCUMENTS = ['/collect.html', '/reveal.html', '/coordinator.html', '/diagnose.html'] as const;

const ownFrames = (page: Page, { elements }: World): readonly Frame[] =>
  page.frames().filter((frame) => frame.url().startsWith(`${elements}/`));

/** Pays, and shows what was paid with: then there is a document of each role in the page. */
async function everyRole(page: Page, world: World): Promise<BenchPage> {
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE, { texts: { cvc: { help: { markup: '<b>three</b> digits' } } } });
  await bench.fill(VISA, MODE);
  const outcome = await bench.submit();
  if (!outcome.ok) throw new Error(outcome.code);
  const reveal = new RevealBench(page, world);
  await reveal.mountHere(MODE, [{ token: outcome.tokens['number'] ?? '', at: 'reveal', label: 'Shown number' }]);
  expect(await reveal.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }] });
  expect(ownFrames(page, world)).toHaveLength(3);
  return bench;
}

/** Every way to make code or markup of a text, as a hostile script in the document would write it. */
const SINKS: Readonly<Record<string, string>> = {
  innerHTML: 'element.innerHTML = markup',
  outerHTML: "document.body.appendChild(document.createElement('p')).outerHTML = markup",
  insertAdjacentHTML: "element.insertAdjacentHTML('beforeend', markup)",
  setHTMLUnsafe: 'element.setHTMLUnsafe(markup)',
  write: 'document.write(markup)',
  srcdoc: "document.createElement('iframe').srcdoc = markup",
  text: "document.createElement('script').text = code",
  src: "document.createElement('script').src = '/x.js'",
  parse: "new DOMParser().parseFromString(markup, 'text/html')",
  fragment: 'document.createRange().createContextualFragment(markup)',
  eval: '(0, eval)(code)',
  Function: 'new Function(code)',
  setTimeout: 'setTimeout(code)',
  onclick: "element.setAttribute('onclick', code)",
  policy: "trustedTypes.createPolicy('other', { createHTML: (text) => text })",
  again: "trustedTypes.createPolicy('cloister', { createHTML: (text) => text })",
};
/** Answers which of them worked. In a task of its own: what a debugger evaluates may use `eval` whatever the policy says. */
const SINKS_SCRIPT = `new Promise((resolve) => setTimeout(() => {
  const element = document.createElement('div');
  const markup = '<b>x</b>';
  const code = 'globalThis.ran = 1';
  const worked = [];
  ${Object.entries(SINKS)
    .map(([name, attempt]) => `try { ${attempt}; worked.push('${name}'); } catch {}`)
    .join('\n  ')}
  resolve(worked);
}))`;

/** The directive of a policy, as a list. */
const directive = (policy: string, name: string): readonly string[] =>
  policy
    .split('; ')
    .find((each) => each.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];

test.describe('what runs at the elements origin', () => {
  test('A43 A69 only scripts of this build, by their hashes; no other file of the origin, no foreign one, no text', async ({
    page,
    world,
  }) => {
    const { files } = world.site;
    const hashes = new Map(
      [...files].map(([path, { body }]) => [integrityOf(path.endsWith('.html') ? inlineScript(body) : body), path]),
    );
    for (const path of DOCUMENTS) {
      const sources = directive(files.get(path)?.headers['Content-Security-Policy'] ?? '', 'script-src');
      expect(sources.length, path).toBeGreaterThan(0);
      for (const source of sources) expect(hashes.has(source.slice(1, -1)), `${path} ${source}`).toBe(true);
    }
    const foreign = world.hosts.serve('/vendor.js', { type: 'text/javascript', body: 'globalThis.ran = true;' });
    await everyRole(page, world);
    for (const frame of ownFrames(page, world)) {
      const inventory = await frame.evaluate(() => ({
        scripts: Array.from(document.scripts, ({ src, integrity, text }) => ({
          src: src === '' ? '' : new URL(src).pathname,
          integrity,
          text,
        })),
        loaded: performance
          .getEntriesByType('resource')
          .map(({ name }) => new URL(name))
          .filter(({ pathname }) => pathname.endsWith('.js'))
          .map(({ href }) => href),
      }));
      const own = inventory.scripts.filter(({ src }) => src === '');
      const more = inventory.scripts.filter(({ src }) => src !== '');
      // A form takes the place of all that stood in the body.
      expect(own.length).toBe(frame.url().endsWith('/coordinator.html') ? 1 : 0);
      for (const { text } of own) expect(hashes.get(integrityOf(text)), frame.url()).toContain(basename(frame.url()));
      for (const { src, integrity, text } of more) {
        expect(hashes.get(integrity), frame.url()).toBe(src);
        expect(text).toBe('');
      }
      expect(more.length).toBe(frame.url().includes('/collect.html') ? 1 : 0);
      expect(inventory.loaded.every((url) => url.startsWith(`${world.elements}/b/${world.site.build}/`))).toBe(true);
      // Not even the documents of the same origin, whose bytes are no script at all.
      const others = [...files.keys()].filter((path) => !path.endsWith('/purify.js'));
      const tried = await frame.evaluate(
        (urls) =>
          Promise.all(
            urls.map(
              (url) =>
                new Promise((resolve) => {
                  const script = document.createElement('script');
                  script.onload = () => resolve(`ran ${url}`);
                  script.onerror = () => resolve('refused');
                  try {
                    script.src = url;
                  } catch {
                    resolve('refused');
                  }
                  document.head.append(script);
                }),
            ),
          ),
        [...others, `${world.hosts.origin('ads')}${foreign}`, 'data:text/javascript,globalThis.ran=true'],
      );
      expect(new Set(tried), frame.url()).toEqual(new Set(['refused']));
      expect(await frame.evaluate(() => 'ran' in globalThis)).toBe(false);
    }
    // The same script does run in a page that lets it.
    await page.addScriptTag({ url: `${world.hosts.origin('ads')}${foreign}` });
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(true);
  });

  test('A69 every sink that takes a text for code or markup throws, in every document', async ({ page, world }) => {
    await everyRole(page, world);
    const sinks = (frame: Frame | Page): Promise<readonly string[]> => frame.evaluate(SINKS_SCRIPT);
    for (const frame of ownFrames(page, world)) expect(await sinks(frame), frame.url()).toEqual([]);
    expect((await sinks(page)).length).toBeGreaterThan(12);
  });

  test('A68 a script that is served as text does not run, and over https there is no way back to http', async ({
    page,
  }) => {
    const asText = ({ headers, body }: SiteFile): SiteFile => ({
      body,
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
    });
    const files = new Map<string, SiteFile>();
    const world = await startWorld({
      served: (site) => {
        for (const [path, file] of site.files) files.set(path, file);
        return { ...site, files };
      },
    });
    try {
      for (const [path, { headers }] of world.site.files)
        expect(headers['X-Content-Type-Options'], path).toBe('nosniff');
      const bench = new BenchPage(page, world);
      await bench.open();
      expect(await bench.tryMount(MODE)).toBeNull();
      for (const [path, file] of files) if (path === '/collect.html') files.set(path, asText(file));
      await page
        .context()
        .newCDPSession(page)
        .then((cdp) => cdp.send('Network.clearBrowserCache'));
      await bench.open();
      expect(await bench.tryMount(MODE, { timeout: 4000 })).toMatchObject({ code: 'blocked' });
      const secure = await buildSite({ ...world.config, elements: 'https://elements.shop.example' });
      for (const [path, { headers }] of secure.files)
        expect(headers['Strict-Transport-Security'], path).toBe('max-age=63072000; includeSubDomains; preload');
    } finally {
      await world.close();
    }
  });
});

test.describe('a deploy while a page is open', () => {
  const mountField = (page: Page, field: string): Promise<string> =>
    page.evaluate(
      (name) =>
        window.form
          .field(name)
          .mount(`#${name}`)
          .then(
            () => 'mounted',
            (error: unknown) => (error as { code: string }).code,
          ),
      field,
    );
  const forgetCache = async (page: Page): Promise<void> => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.clearBrowserCache');
  };

  test('A62 the frames of two builds never work together: the page goes on with the one that it met, or is told', async ({
    page,
  }) => {
    const files = new Map<string, SiteFile>();
    const world = await startWorld({
      served: (site) => {
        for (const [path, file] of site.files) files.set(path, file);
        return { ...site, files };
      },
    });
    try {
      const bench = new BenchPage(page, world);
      await bench.open();
      await page.evaluate(() => {
        window.client = window.makeClient();
        window.form = window.client.collect('cards');
      });
      expect(await mountField(page, 'number')).toBe('mounted');
      const { hosts, elements, vault, adapter } = world.config;
      const collections = { ...COLLECTIONS, more: { note: { type: 'text' } } };
      const parsed = parseConfig({ hosts, elements, vault, adapter, collections });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
      const next = await buildSite(parsed.config);
      expect(next.build).not.toBe(world.site.build);
      for (const [path, file] of next.files) files.set(path, file);
      // Deployed beside the old one, and asked for anew: the frame greets from the new build and is loaded from the old.
      await forgetCache(page);
      expect(await mountField(page, 'cvc')).toBe('mounted');
      const old = `${elements}/b/${world.site.build}/`;
      const src = await page.locator('#cvc iframe').getAttribute('src');
      expect(src?.split('#')[0]).toBe(`${old}collect.html`);
      await page.frameLocator('#cvc iframe').getByRole('textbox').click();
      await expect.poll(() => page.frames().some((frame) => frame.url() === `${old}coordinator.html`)).toBe(true);
      // Deployed in its place: nothing of the old build is left, and nothing of the new one is let in.
      for (const path of [...files.keys()]) if (path.startsWith(`/b/${world.site.build}/`)) files.delete(path);
      await forgetCache(page);
      expect(await mountField(page, 'name')).toBe('version');
      await expect(page.locator('#name iframe')).toHaveCount(0);
      // A page that is opened now meets the new build in every frame.
      expect(await bench.mountCard('a frame per field').then(() => 'mounted')).toBe('mounted');
      await bench.fill(VISA, 'a frame per field');
      await expect.poll(() => ownFrames(page, world).length).toBe(5);
      const coordinator = ownFrames(page, world).find((frame) => frame.url().includes('/coordinator.html'));
      expect(coordinator?.url()).toBe(`${elements}/b/${next.build}/coordinator.html`);
      for (const [path, { headers }] of files) {
        const brief = !path.startsWith('/b/');
        expect(headers['Cache-Control'], path).toBe(
          brief ? 'public, max-age=300' : 'public, max-age=31536000, immutable',
        );
        expect(path.endsWith('.html') || !brief, path).toBe(true);
      }
    } finally {
      await world.close();
    }
  });
});

test.describe('what another page can measure of a frame', () => {
  test('A63 no frame has frames of its own, at any time, and no document depends on who asks', async ({
    page,
    world,
  }) => {
    const lengths = (): Promise<readonly (readonly [number, boolean])[]> =>
      page.evaluate(() =>
        Array.from(
          { length: window.length },
          (_, index) => [window[index]?.length ?? -1, window[index]?.closed ?? true] as const,
        ),
      );
    const bench = new BenchPage(page, world);
    for (const mode of MODES) {
      await bench.mountCard(mode);
      const seen = [await lengths()];
      for (const field of ['number', 'expiry', 'cvc', 'name'] as const) {
        await bench.type(field, VISA[field], mode);
        seen.push(await lengths());
      }
      expect(await bench.submit()).toMatchObject({ ok: true });
      seen.push(await lengths());
      expect(new Set(seen.flat().map(String))).toEqual(new Set(['0,false']));
    }
    await page.evaluate(() => document.querySelector('#card')?.append(document.createElement('iframe')));
    const { port } = new URL(world.elements);
    const visitors: readonly Readonly<Record<string, string>>[] = [
      {},
      { cookie: 'session=known; user=1', authorization: 'Bearer x' },
      { referer: world.shop, 'accept-language': 'de', 'user-agent': 'x', origin: world.shop },
      { 'if-none-match': '"x"', 'if-modified-since': 'Sun, 22 Nov 2026 00:00:00 GMT', 'sec-fetch-site': 'cross-site' },
    ];
    for (const path of world.site.files.keys()) {
      const answers = [];
      for (const headers of visitors) answers.push(await get(Number(port), path, { headers }));
      for (const answer of answers) {
        expect(answer, path).toEqual(answers[0]);
        expect(answer.headers, path).not.toHaveProperty('set-cookie');
        expect(answer.headers, path).toHaveProperty('vary', 'Accept-Encoding');
      }
    }
  });

  test('A64 a fragment or a search for a text moves nothing and tells nothing', async ({ page, world }) => {
    for (const path of DOCUMENTS)
      expect(world.site.files.get(path)?.headers['Document-Policy'], path).toBe('force-load-at-top');
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    await page.evaluate(() => {
      document.body.style.paddingBlock = '3000px';
      window.scrollTo(0, 0);
    });
    const frame = await bench.frameOf('number', MODE);
    const ids = await frame.evaluate(() => Array.from(document.querySelectorAll('[id]'), ({ id }) => id));
    // Ids are counted off, whatever is typed; so to find one says nothing.
    expect(ids.every((id) => /^field-\d(?:-help|-error)?$/u.test(id))).toBe(true);
    const before = await bench.state();
    const look = (): Promise<unknown> =>
      frame.evaluate(() => [
        window.scrollX,
        window.scrollY,
        document.activeElement?.id ?? '',
        document.querySelector(':target')?.className ?? '',
      ]);
    const [, , focused] = (await look()) as [number, number, string];
    const probes = ['#:~:text=4242', '#:~:text=Card%20number', '#:~:text=José', '#nothing'];
    for (const probe of probes) {
      await page.locator('#card iframe').evaluate((iframe: HTMLIFrameElement, hash) => {
        iframe.src = new URL(hash, iframe.src).href;
      }, probe);
      await page.waitForTimeout(100);
      expect(await look(), probe).toEqual([0, 0, focused, '']);
      expect(await page.evaluate(() => window.scrollY), probe).toBe(0);
    }
    expect(await bench.state()).toEqual(before);
    // An id of ours may take the focus inside of the frame, as the SDK's own `focus` does; nothing else happens.
    await page.locator('#card iframe').evaluate((iframe: HTMLIFrameElement, id) => {
      iframe.src = new URL(`#${id}`, iframe.src).href;
    }, ids[0]);
    await page.waitForTimeout(100);
    expect(((await look()) as unknown[]).slice(0, 2)).toEqual([0, 0]);
    expect(await bench.submit()).toMatchObject({ ok: true });
  });
});
