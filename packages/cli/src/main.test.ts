import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STARTER } from './config/template.js';
import { COMMANDS, main } from './main.js';
import { fakeTerminal, scratchFolder } from './test-support/scratch.js';

describe('the command line', () => {
  it.each([
    { words: [], code: 2, says: 'Usage: cloister <command>' },
    { words: ['--help'], code: 0, says: 'Usage: cloister <command>' },
    { words: ['help'], code: 0, says: 'init' },
    { words: ['csp'], code: 2, says: 'csp lint' },
    { words: ['csp', '--help'], code: 0, says: 'csp generate' },
    { words: ['csp', 'nothing'], code: 2, says: 'there is no command "csp nothing"' },
    { words: ['csp', 'demo', 'one', 'two'], code: 2, says: 'at most one <url> is wanted' },
    { words: ['csp', 'demo', 'file:///etc/passwd'], code: 2, says: '<url> takes an address of the web' },
    { words: ['deploy'], code: 2, says: 'there is no command "deploy"' },
    { words: ['init', '--drr', 'x'], code: 2, says: "Unknown option '--drr'" },
    { words: ['serve', 'folder'], code: 2, says: 'see: cloister serve --help' },
    { words: ['dev', '--port', 'high'], code: 2, says: '--port takes a number' },
    { words: ['dev', '--port', '70000'], code: 2, says: '--port takes a number' },
    { words: ['build', '--config', 'nowhere.json'], code: 3, says: 'does not exist' },
    { words: ['serve', '--dir', 'nowhere'], code: 1, says: 'cloister build' },
  ])('answers $words with exit code $code', async ({ words, code, says }) => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'cloister.config.json'), JSON.stringify(STARTER));
    const terminal = fakeTerminal(folder);
    expect(await main(words, terminal)).toBe(code);
    expect([...terminal.printed, ...terminal.noted].join('\n')).toContain(says);
  });

  it.each(COMMANDS)('explains every option of $name', async (command) => {
    const terminal = fakeTerminal('/');
    expect(await main([command.name, '--help'], terminal)).toBe(0);
    for (const [option, { about }] of Object.entries(command.options)) {
      expect(terminal.printed.join('\n')).toContain(`--${option}`);
      expect(terminal.printed.join('\n')).toContain(about);
    }
  });

  it('refuses to give out sessions for a public origin, before anything is started or written', async () => {
    const folder = await scratchFolder();
    const config = { ...STARTER, hosts: ['https://shop.example'] };
    await writeFile(join(folder, 'cloister.config.json'), JSON.stringify(config));
    const terminal = fakeTerminal(folder);
    expect(await main(['dev'], terminal)).toBe(1);
    expect(terminal.noted.join('\n')).toContain('https://shop.example is none');
    expect(await readdir(folder)).toEqual(['cloister.config.json']);
  });
});
