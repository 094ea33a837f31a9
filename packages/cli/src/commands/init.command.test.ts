import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeTerminal, scratchFolder } from '../test-support/scratch.js';
import { initCommand } from './init.command.js';

describe('cloister init', () => {
  it.each([
    { manifest: undefined, args: {}, name: 'cloister.config.ts' },
    { manifest: '{"type":"module"}', args: {}, name: 'cloister.config.ts' },
    { manifest: '{"type":"commonjs"}', args: {}, name: 'cloister.config.mts' },
    { manifest: '{}', args: {}, name: 'cloister.config.mts' },
    { manifest: undefined, args: { 'json-config': true }, name: 'cloister.config.json' },
  ])('writes $name beside package.json $manifest', async ({ manifest, args, name }) => {
    const folder = await scratchFolder();
    if (manifest !== undefined) await writeFile(join(folder, 'package.json'), manifest);
    await initCommand.run(args, fakeTerminal(folder));
    expect(await readdir(folder)).toContain(name);
  });

  it.each(['cloister.config.json', 'cloister.config.ts', 'cloister.config.mts', 'cloister.config.mjs'])(
    'never overwrites %s, nor writes a second one beside it',
    async (name) => {
      const folder = await scratchFolder();
      await writeFile(join(folder, name), 'mine');
      const again = initCommand.run({}, fakeTerminal(folder));
      await expect(again).rejects.toMatchObject({ code: 'exists' });
      expect(await readdir(folder)).toEqual([name]);
      expect(await readFile(join(folder, name), 'utf8')).toBe('mine');
    },
  );

  it('says so when the folder does not exist', async () => {
    const missing = join(await scratchFolder(), 'missing');
    await expect(initCommand.run({ dir: missing }, fakeTerminal('/'))).rejects.toMatchObject({ code: 'folder' });
  });
});
