import type { Page } from '@playwright/test';
import type { Site, SiteFile } from '@cloister/elements';
import { BenchPage, type Refused } from '../support/bench-page.js';
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

  test('A27 documents with a policy that names no scripts refuse to start, even if it refuses text as code', async ({
    page,
  }) => {
    const policy = "require-trusted-types-for 'script'; trusted-types 'none' cloister";
    expect(await mountServed(page, withHeader('Content-Security-Policy', policy))).toMatchObject({
      code: 'unsupported',
    });
    // The directive that is missing is what they miss.
    const scripts = "script-src 'unsafe-inline'";
    expect(await mountServed(page, withHeader('Content-Security-Policy', `${scripts}; ${policy}`))).toBeNull();
  });

  test('A27 documents without their Content-Security-Policy refuse to start', async ({ page }) => {
    expect(await mountServed(page, without('Content-Security-Policy'))).toMatchObject({
      name: 'CloisterError',
      code: 'unsupported',
    });
  });
});
