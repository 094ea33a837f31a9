import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../test-support/scratch.js';
import { TRAVERSALS } from '../test-support/traversals.js';
import { isPlainPath, readBuiltSite } from './read-built-site.js';

async function builtFolder(headers: string): Promise<string> {
  const folder = join(await scratchFolder(), 'site');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'collect.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'a.js'), '1');
  await writeFile(join(folder, '..', 'secret.txt'), 'secret');
  await writeFile(join(folder, 'headers.json'), `{"build":"build-of-a-test","headers":${headers}}`);
  return folder;
}

describe('readBuiltSite', () => {
  it('holds exactly the listed files with their headers', async () => {
    const folder = await builtFolder('{"/collect.html":{"Content-Type":"text/html"},"/assets/a.js":{}}');
    const { build, files } = await readBuiltSite(folder);
    expect(build).toBe('build-of-a-test');
    expect([...files.keys()]).toEqual(['/collect.html', '/assets/a.js']);
    expect(files.get('/collect.html')?.headers).toEqual({ 'Content-Type': 'text/html' });
  });

  it.each([
    { name: 'no JSON', headers: '{' },
    { name: 'headers that are no text', headers: '{"/collect.html":{"Age":1}}' },
    { name: 'a file that is missing', headers: '{"/reveal.html":{}}' },
    { name: 'A87 a path out of the folder', headers: '{"/../secret.txt":{}}' },
  ])('refuses a folder with $name', async ({ headers }) => {
    await expect(readBuiltSite(await builtFolder(headers))).rejects.toMatchObject({ code: 'folder' });
  });

  it('names the command that makes the folder', async () => {
    await expect(readBuiltSite(await scratchFolder())).rejects.toThrow('cloister build');
  });
});

describe('isPlainPath', () => {
  it.each(TRAVERSALS)('A87 refuses %j', (path) => {
    expect(isPlainPath(path)).toBe(false);
  });

  it.each(['/collect.html', '/b/3f2a-x_1/collect.js', '/purify.js'])('accepts %s', (path) => {
    expect(isPlainPath(path)).toBe(true);
  });
});
