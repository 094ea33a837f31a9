import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { STARTER } from '../config/template.js';
import { main } from '../main.js';
import { fakeTerminal, scratchFolder } from '../test-support/scratch.js';

async function folderWithConfig(): Promise<string> {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'cloister.config.json'), JSON.stringify(STARTER));
  return folder;
}

/** Runs one command line; what it printed and noted, with its exit code. */
async function run(folder: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(folder);
  const code = await main(['credential', ...words], terminal);
  return { code, printed: terminal.printed, noted: terminal.noted.join('\n') };
}

describe('credentials', () => {
  it('A79 are made, listed without themselves, and revoked', async () => {
    const folder = await folderWithConfig();
    const made = await run(folder, 'create', '--name', 'shop', '--days', '30');
    expect(made).toMatchObject({ code: 0, printed: [expect.stringMatching(/^clsk_[\w-]{47}$/u)] });
    const listed = await run(folder, 'list', '--json');
    expect(listed.printed.join('')).not.toContain('clsk_');
    const [found] = JSON.parse(listed.printed.join('')) as { readonly id: string; readonly name: string }[];
    expect(found).toMatchObject({ name: 'shop' });
    expect(await run(folder, 'revoke', '--id', found?.id ?? '')).toMatchObject({ code: 0 });
    expect((await run(folder, 'list')).printed).toEqual([]);
    expect(await run(folder, 'revoke', '--id', found?.id ?? '')).toMatchObject({ code: 2 });
  });

  it.each([
    [['create', '--name', 'a b']],
    [['create', '--name', 'shop', '--days', '366']],
    [['create']],
    [['revoke', '--id', "' OR 1=1 --"]],
    [['make']],
  ])('refuse %j', async (words) => {
    expect((await run(await folderWithConfig(), ...words)).code).toBe(2);
  });

  it('are found with a key that lies elsewhere, and never with one that others can read', async () => {
    const folder = await folderWithConfig();
    await run(folder, 'create', '--name', 'shop');
    const keyFile = join(folder, 'secret-of-the-vault');
    await rename(join(folder, '.cloister', 'kek.key'), keyFile);
    expect(await run(folder, 'list')).toMatchObject({ code: 1, noted: expect.stringContaining('no key file') });
    vi.stubEnv('CLOISTER_KEY_FILE', keyFile);
    try {
      expect((await run(folder, 'list')).printed).toHaveLength(1);
      await chmod(keyFile, 0o444);
      expect(await run(folder, 'list')).toMatchObject({ code: 1, noted: expect.stringContaining('chmod 0400') });
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
