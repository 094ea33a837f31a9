import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inventory } from '@cloister/csp';
import { expect, test as base, type TestInfo } from '@playwright/test';
import {
  DISGUISED,
  INJECTIONS,
  MAKER,
  says,
  startInventoryPage,
  WASM,
  type Injection,
} from '../support/inventory-page.js';
import { cloister, type Ended } from '../support/cli.js';

const test = base.extend<object, { readonly url: string }>({
  url: [
    async ({}, use) => {
      const { url, close } = await startInventoryPage();
      await use(url);
      await close();
    },
    { scope: 'worker' },
  ],
});

const folderOf = async (info: TestInfo): Promise<string> => {
  await mkdir(info.outputPath(), { recursive: true });
  return info.outputPath();
};
const hashOf = (text: string | Uint8Array): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

test('every way for a script to get into a page is in its inventory, and nothing else is', async ({ url }, info) => {
  const { code, printed, noted } = await cloister(['csp', 'inventory', url, '--json', '--stay', '1500'], {
    cwd: await folderOf(info),
  });
  expect(code, noted).toBe(0);
  const { scripts } = JSON.parse(printed) as Inventory;
  const expected = Object.entries<Injection>({ ...INJECTIONS, maker: { kind: 'inline', text: MAKER } });
  const found = new Map(scripts.map((script) => [script.hash, script]));
  const seen = expected.map(([name, { text, path }]) => {
    const script = found.get(hashOf(text));
    return [name, script?.kind, script?.src, script?.length, path];
  });
  expect(seen).toEqual(
    expected.map(([name, { kind, text, path = '' }]) => [
      name,
      kind,
      path === '' ? '' : new URL(path, url).href,
      text.length,
      path === '' ? undefined : path,
    ]),
  );
  const wanted = new Set(expected.map(([, { text }]) => hashOf(text)));
  expect(scripts.filter(({ hash }) => !wanted.has(hash))).toEqual([]);
  expect(found.get(hashOf(INJECTIONS.injectedFile.text))).toMatchObject({ initiator: url, frame: url });
  expect(found.get(hashOf(INJECTIONS.sameOriginFrame.text))?.frame).toBe(`${url}frame.html`);
});

test('an inventory becomes approvals that a person fills in, and what was not approved is found', async ({
  url: site,
}, info) => {
  const folder = await folderOf(info);
  const file = join(folder, 'payment-scripts.json');
  const url = `${site}small.html`;
  const run = (...words: readonly string[]): Promise<Ended> => cloister(['csp', ...words], { cwd: folder });
  expect(await run('inventory', url, '--out', 'payment-scripts.json', '--stay', '100')).toMatchObject({ code: 0 });
  const draft = await run('scripts', url);
  expect(draft.code, draft.noted).toBe(3);
  expect(draft.noted).toContain('/scripts/0/owner: too-short');

  const filled = (await readFile(file, 'utf8'))
    .replaceAll('"owner": ""', '"owner": "web"')
    .replaceAll('"justification": ""', '"justification": "fixture"')
    .replaceAll('"approvedBy": ""', '"approvedBy": "Ann"')
    .replaceAll('"approved": ""', '"approved": "2026-01-01"')
    .replaceAll('"review": ""', '"review": "2999-12-31"');
  await writeFile(file, filled);
  const clean = await run('scripts', url, '--stay', '100');
  expect(clean, clean.noted).toMatchObject({ code: 0, printed: '' });
  expect((await run('scripts', url, '--sri')).printed).toBe(
    `<script src="${site}external.js" integrity="${hashOf(INJECTIONS.external.text)}" crossorigin="anonymous"></script>\n`,
  );

  await writeFile(
    file,
    filled
      .replace(hashOf(INJECTIONS.external.text), hashOf('what it was'))
      .replace(hashOf(INJECTIONS.inline.text), hashOf('')),
  );
  const { code, printed } = await run('scripts', url, '--stay', '100');
  expect(code).toBe(1);
  expect(printed).toContain('CHANGED  external.js');
  expect(printed).toContain('UNKNOWN  inline');
});

test('a script that gives itself another name, and stops debuggers, is in the inventory as what it is', async ({
  url,
}, info) => {
  const { code, printed, noted } = await cloister(
    ['csp', 'inventory', `${url}hostile.html`, '--json', '--stay', '200'],
    { cwd: await folderOf(info) },
  );
  expect(code, noted).toBe(0);
  const { scripts } = JSON.parse(printed) as Inventory;
  expect(scripts.find(({ hash }) => hash === hashOf(DISGUISED))).toMatchObject({ kind: 'eval', src: '' });
});

test('a module of WebAssembly is in the inventory by its code', async ({ url }, info) => {
  const { printed, noted } = await cloister(['csp', 'inventory', `${url}wasm.html`, '--json', '--stay', '200'], {
    cwd: await folderOf(info),
  });
  const { scripts } = JSON.parse(printed) as Inventory;
  expect(scripts.find(({ kind }) => kind === 'wasm')?.hash, noted).toBe(hashOf(Uint8Array.from(WASM)));
});

test('a page that goes on to another origin has the scripts of both in its inventory', async ({ url }, info) => {
  const { printed, noted } = await cloister(['csp', 'inventory', `${url}leaves.html`, '--json', '--stay', '1500'], {
    cwd: await folderOf(info),
  });
  const { scripts } = JSON.parse(printed) as Inventory;
  const frames = scripts.map(({ frame }) => frame);
  expect(frames).toContain(`${url}leaves.html`);
  expect(noted).toMatch(/leaves\.html led to http:\/\/stranger\.localhost/u);
  expect(scripts.find(({ hash }) => hash === hashOf(says('stranger')))?.frame).toContain('stranger.localhost');
});

test('a page that answers by an error, or that lets nothing be asked of it, is not found to be in order', async ({
  url,
}, info) => {
  test.setTimeout(180_000);
  const cwd = await folderOf(info);
  const gone = await cloister(['csp', 'inventory', `${url}nowhere.html`, '--stay', '0'], { cwd });
  expect(gone).toMatchObject({ code: 2, printed: '' });
  expect(gone.noted).toContain('answered 404');
  const busy = await cloister(['csp', 'inventory', `${url}busy.html`, '--stay', '0'], { cwd });
  expect(busy).toMatchObject({ code: 2, printed: '' });
  expect(busy.noted).toContain('gave no answer for 30 seconds');
});
