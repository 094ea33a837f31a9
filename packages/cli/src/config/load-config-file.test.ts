import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CliFailure } from '../failure.js';
import { scratchFolder } from '../test-support/scratch.js';
import { loadConfigFile } from './load-config-file.js';
import { STARTER } from './template.js';

const refused = [
  { name: 'not JSON', text: '{ hosts }', says: ['is not JSON'] },
  { name: 'empty object', text: '{}', says: ['/hosts: missing. add it'] },
  {
    name: 'a misspelt key',
    text: JSON.stringify({ ...STARTER, element: 'x' }),
    says: ['/element: unknown-key', 'check its spelling'],
  },
  {
    name: 'a host with a path',
    text: JSON.stringify({ ...STARTER, hosts: ['https://shop.example/pay'] }),
    says: ['/hosts/0: format', 'no path'],
  },
  {
    name: 'plain http on a public name, twice',
    text: JSON.stringify({ ...STARTER, elements: 'http://elements.example', vault: 'http://vault.example' }),
    says: ['/elements: plain http. use https', '/vault: plain http. use https'],
  },
  {
    name: 'a security code that is kept for a day',
    text: JSON.stringify({ ...STARTER, collections: { cards: { cvc: { type: 'card-cvc', keep: '1d' } } } }),
    says: ['/collections/cards/cvc/keep', 'at most 1h'],
  },
  {
    name: 'frames on the host page’s own origin',
    text: JSON.stringify({ ...STARTER, hosts: [STARTER.elements] }),
    says: ['/elements: the same origin as a host page', 'an origin of their own'],
  },
];

describe('loadConfigFile', () => {
  it('finds cloister.config.json in a folder and fills in the defaults', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'cloister.config.json'), JSON.stringify(STARTER));
    const { file, config } = await loadConfigFile(folder);
    expect(file).toBe(join(folder, 'cloister.config.json'));
    expect(config.collections['cards']?.['cvc']).toMatchObject({ reveal: 'redacted', keep: 3_600_000 });
  });

  it('takes a file by its path', async () => {
    const file = join(await scratchFolder(), 'other.json');
    await writeFile(file, JSON.stringify(STARTER));
    expect((await loadConfigFile(file)).config.elements).toBe(STARTER.elements);
  });

  it.each(['cloister.config.mjs', 'cloister.config.mts', 'cloister.config.ts'])('imports %s', async (name) => {
    const folder = await scratchFolder();
    await writeFile(join(folder, name), `export default ${JSON.stringify(STARTER)};`);
    expect((await loadConfigFile(folder)).config.vault).toBe(STARTER.vault);
  });

  it.each(refused)('names path, problem and fix: $name', async ({ text, says }) => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'cloister.config.json'), text);
    const failure: unknown = await loadConfigFile(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CliFailure);
    expect(failure).toMatchObject({ code: 'config' });
    for (const part of says) expect(String(failure)).toContain(part);
  });

  it.each([
    { name: 'an empty folder', file: undefined, says: 'cloister init' },
    { name: 'no default export', file: 'export const hosts = [];', says: 'no default export' },
    { name: 'a module that throws', file: 'throw new Error("boom");', says: 'does not load: boom' },
  ])('says what to do about $name', async ({ file, says }) => {
    const folder = await scratchFolder();
    if (file !== undefined) await writeFile(join(folder, 'cloister.config.mjs'), file);
    await expect(loadConfigFile(folder)).rejects.toThrow(says);
  });

  it('says what to do about a place that does not exist', async () => {
    await expect(loadConfigFile(join(await scratchFolder(), 'nowhere'))).rejects.toThrow('does not exist');
  });
});
