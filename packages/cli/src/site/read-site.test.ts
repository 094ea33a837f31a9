import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../test-support/scratch.js';
import { readSite } from './read-site.js';

const hashOf = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

async function siteOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await scratchFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe('a site of files', () => {
  it('needs the hashes of what stands in its pages, each once', async () => {
    const folder = await siteOf({
      'index.html': '<script>a()</script><style>p{}</style>',
      'shop/checkout.HTM': '<script>a()</script><script>b()</script>',
      'notes.txt': '<script>c()</script>',
    });
    expect(await readSite(folder, false)).toMatchObject({
      pages: 2,
      inline: [hashOf('a()'), hashOf('b()')],
      styles: [hashOf('p{}')],
      unpinned: [],
    });
  });

  it.each([
    ['shop/checkout.html', 'pay.js', 'shop/pay.js'],
    ['shop/checkout.html', '/pay.js?v=1#x', 'pay.js'],
    ['shop/checkout.html', '../pay.js', 'pay.js'],
    ['shop/checkout.html', '../../../pay.js', 'pay.js'],
    ['a b/checkout.html', 'pay%20now.js', 'a b/pay now.js'],
  ])('pins what %s loads as %s', async (page, src, file) => {
    const folder = await siteOf({ [page]: `<p><script defer src="${src}"></script>`, [file]: 'pay()' });
    expect((await readSite(folder, false)).unpinned).toEqual([`${page}: ${src}`]);
    const pinned = await readSite(folder, true);
    expect(pinned).toMatchObject({ files: [hashOf('pay()')], unpinned: [], cors: true, notes: [] });
    expect(await readFile(join(folder, page), 'utf8')).toBe(
      `<p><script integrity="${hashOf('pay()')}" crossorigin="anonymous" defer src="${src}"></script>`,
    );
  });

  it('pins several of one page, and leaves the rest of it as it was', async () => {
    const markup = (one: string, two: string): string =>
      `\uFEFF<!doctype html>\r\n<SCRIPT${one} src=a.js></SCRIPT>é🎉<script${two}\nsrc=b.js></script>`;
    const folder = await siteOf({ 'index.html': markup('', ''), 'a.js': 'a()', 'b.js': 'b()' });
    await readSite(folder, true);
    const attribute = (text: string): string => ` integrity="${hashOf(text)}" crossorigin="anonymous"`;
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe(markup(attribute('a()'), attribute('b()')));
    // Once more changes nothing.
    await readSite(folder, true);
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe(markup(attribute('a()'), attribute('b()')));
  });

  it('leaves a page as it is that it cannot read without loss', async () => {
    const folder = await siteOf({ 'a.js': 'a()' });
    const latin = Buffer.from('<p>caf\u00E9<script src="/a.js"></script>', 'latin1');
    await writeFile(join(folder, 'index.html'), latin);
    await expect(readSite(folder, true)).rejects.toThrow('index.html is not UTF-8; save it as UTF-8 first');
    expect(await readFile(join(folder, 'index.html'))).toEqual(latin);
  });

  it.each([
    ['<script src="/gone.js"></script>', 'index.html: /gone.js: there is no such file'],
    ['<script src="/%"></script>', 'index.html: /%: there is no such file'],
    ['<script src="/a.js" integrity="sha384-AAAA"></script>', 'browsers refuse it'],
    ['<script type=module src="/m.js"></script>', 'refuses what it imports'],
    ['<p onclick="a()">', 'code in an attribute'],
  ])('says what will not work: %s', async (markup, words) => {
    const folder = await siteOf({ 'index.html': markup, 'a.js': 'a()', 'm.js': 'import { b } from "./b.js"' });
    expect((await readSite(folder, false)).notes.join('\n')).toContain(words);
  });

  it('A87 reads no file outside of it, however its pages write the address', async () => {
    const folder = await siteOf({ 'site/index.html': '', 'secret.js': 'secret()' });
    const page = join(folder, 'site/index.html');
    for (const src of ['../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/..%5csecret.js', '....//secret.js']) {
      await writeFile(page, `<script src="${src}"></script>`);
      const { unpinned, notes } = await readSite(join(folder, 'site'), true);
      expect({ src, unpinned, notes }).toEqual({
        src,
        unpinned: [],
        notes: [`index.html: ${src}: there is no such file`],
      });
    }
  });

  it('names scripts of others, and does not answer for them', async () => {
    const folder = await siteOf({ 'index.html': '<script src="https://cdn.example/x.js"></script>' });
    const { origins, unpinned } = await readSite(folder, true);
    expect(origins).toEqual(['https://cdn.example']);
    expect(unpinned.join()).toContain('https://cdn.example/x.js (not a file of this site');
  });

  it.each(['nowhere', '.'])('is a folder with pages: %s is refused', async (name) => {
    await expect(readSite(join(await scratchFolder(), name), false)).rejects.toMatchObject({ code: 'folder' });
  });
});
