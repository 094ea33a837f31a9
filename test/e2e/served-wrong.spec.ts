import type { Frame, Page } from '@playwright/test';
import type { Site, SiteFile } from '@cloister/elements';
import { BenchPage, type Refused } from '../support/bench-page.js';
import { tryEverything } from '../support/foreign-code.js';
import { withInlineScript } from '../support/inline-script.js';
import { expect, test } from '../support/test.js';
import { startWorld } from '../support/world.js';

type Change = (file: SiteFile, path: string) => SiteFile;

const changed =
  (change: Change) =>
  (site: Site): Site => ({
    ...site,
    files: new Map([...site.files].map(([path, file]) => [path, change(file, path)])),
  });

/** Mounts the card form on a world whose frames are served with a change. */
async function mountServed(page: Page, change: Change): Promise<Refused | null> {
  const world = await startWorld({ served: changed(change) });
  try {
    const bench = new BenchPage(page, world);
    await bench.open();
    return await bench.tryMount('one frame', { timeout: 4000 });
  } finally {
    await world.close();
  }
}

const without =
  (name: string): Change =>
  ({ body, headers }) => ({
    body,
    headers: Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name)),
  });

const withHeader =
  (name: string, value: string): Change =>
  ({ body, headers }, path) => ({ body, headers: path.endsWith('.html') ? { ...headers, [name]: value } : headers });

/** One more space at the end of a document's script. */
const padded =
  (role: string): Change =>
  (file, path) =>
    path === `/${role}.html` ? { ...file, body: withInlineScript(file.body, (script) => `${script} `) } : file;

/** Neither the header nor the element that says the same. */
const withoutItsOwn: Change = (file, path) => {
  const { body, headers } = without('Content-Security-Policy')(file, path);
  const text = new TextDecoder().decode(body).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, '');
  return { headers, body: path.endsWith('.html') ? new TextEncoder().encode(text) : body };
};

test.describe('frames that are served wrong', () => {
  test('control: served as built, the form mounts', async ({ page }) => {
    expect(await mountServed(page, (file) => file)).toBeNull();
  });

  test('A43 a script with one bit changed does not run', async ({ page }) => {
    const errors: string[] = [];
    page.on('console', (message) => errors.push(message.text()));
    expect(await mountServed(page, padded('collect'))).toMatchObject({ name: 'CloisterError', code: 'blocked' });
    expect(errors.filter((text) => text.includes('Content Security Policy'))).not.toEqual([]);
  });

  for (const [title, change] of [
    ['without their Content-Security-Policy', without('Content-Security-Policy')],
    ['with a policy that names no scripts', withHeader('Content-Security-Policy', "frame-ancestors 'self' *")],
    [
      'with a policy that allows everything',
      withHeader('Content-Security-Policy', "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'"),
    ],
  ] as const)
    test(`A27 A43 documents ${title} bring their own: no foreign code, no network, no markup as script`, async ({
      page,
    }) => {
      const world = await startWorld({ served: changed(change) });
      try {
        const bench = new BenchPage(page, world);
        await bench.mountCard('one frame');
        await bench.enter('one frame');
        for (const role of ['collect', 'coordinator']) {
          const find = (): Frame | undefined => page.frames().find((each) => each.url().includes(`/${role}.html`));
          await expect.poll(find).toBeDefined();
          const frame = find();
          expect(await frame?.evaluate(tryEverything, `${world.shop}/bench.js`), role).toEqual([]);
        }
      } finally {
        await world.close();
      }
    });

  test('A27 control: a document of that origin with no policy at all does all of it', async ({ page }) => {
    const world = await startWorld({ served: changed(withoutItsOwn) });
    try {
      const bench = new BenchPage(page, world);
      await bench.mountCard('one frame');
      const frame = page.frames().find((each) => each.url().includes('/collect.html'));
      const done = await frame?.evaluate(tryEverything, `${world.shop}/bench.js`);
      expect(done).toEqual(expect.arrayContaining(['eval', 'function', 'wasm', 'handler', 'data script', 'markup']));
    } finally {
      await world.close();
    }
  });
});
