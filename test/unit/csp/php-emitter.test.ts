import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { php } from './php-emitter.js';

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

describe('the example of docs/csp/adding-an-emitter.md', () => {
  it('is this one, which is compiled', async () => {
    const page = await read('../../../docs/csp/adding-an-emitter.md');
    expect(page).toContain(`\`\`\`ts\n${await read('php-emitter.ts')}\`\`\``);
  });

  it('writes what PHP reads', () => {
    const { text } = php.emit([
      { path: '/*', headers: [['X-One', "it's \\"]] },
      { path: '/checkout/*', headers: [['Content-Security-Policy', "default-src 'self'"]] },
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      "if (str_starts_with($path, '/checkout/')) {",
      String.raw`    header('X-One: it\'s \\');`,
      String.raw`    header('Content-Security-Policy: default-src \'self\'');`,
      '    return;',
      '}',
      "if (str_starts_with($path, '/')) {",
      String.raw`    header('X-One: it\'s \\');`,
      '    return;',
      '}',
      '',
    ]);
  });

  it('refuses nonces', () => {
    expect(() => php.emit([{ path: '/*', headers: [['A', "'nonce-{nonce}'"]] }])).toThrow(/^PHP /u);
  });
});
