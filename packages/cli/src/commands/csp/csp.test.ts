import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EMITTERS, ReportCollector, SCRIPT_MODES, SERVICES } from '@cloister/csp';
import { describe, expect, it } from 'vitest';
import { STARTER } from '../../config/template.js';
import { main } from '../../main.js';
import { fakeTerminal, scratchFolder } from '../../test-support/scratch.js';

const CONFIG = {
  ...STARTER,
  hosts: ['https://shop.example'],
  elements: 'https://elements.shop.example',
  vault: 'https://vault.shop.example',
};
const HASH = `sha384-${'A'.repeat(64)}`;

async function run(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'cloister.config.json'), JSON.stringify(CONFIG));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const terminal = fakeTerminal(folder);
  const code = await main(['csp', ...words], terminal);
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), folder };
}

describe('csp generate', () => {
  it.each(EMITTERS)('writes for $title, and says how to see that it works', async ({ id, verify }) => {
    const { code, printed, noted } = await run(['generate', '--target', id]);
    expect(code).toBe(0);
    expect(printed).toContain('https://elements.shop.example');
    expect(noted).toContain(verify);
  });

  it.each(SCRIPT_MODES)('knows the mode %s', async (mode) => {
    const { code, printed } = await run(['generate', '--target', 'express', '--mode', mode, '--hashes', HASH]);
    expect({ code, has: printed.includes(HASH) }).toEqual({ code: 0, has: true });
  });

  it('adds the services that the page embeds', async () => {
    const names = SERVICES.map(({ id }) => id).join(',');
    expect((await run(['generate', '--services', names])).printed).toContain('https://js.stripe.com');
  });

  it('says why everything is there', async () => {
    const { printed } = await run(['generate', '--reasons']);
    expect(printed).toContain('https://elements.shop.example: the fields are frames of this origin');
  });

  it('has nothing that lint finds high or medium, in any mode', async () => {
    for (const mode of SCRIPT_MODES) {
      const { printed } = await run(['generate', '--target', 'json', '--mode', mode, '--hashes', HASH]);
      const policy = /default-src [^"]*/u.exec(printed)?.[0] ?? '';
      expect(await run(['lint', 'policy.txt', '--fail-on', 'medium'], { 'policy.txt': policy }), mode).toMatchObject({
        code: 0,
      });
    }
  });

  it.each([
    [['--target', 'iis'], 'there is no target'],
    [['--mode', 'hope'], '--mode takes one of'],
    [['--mode', 'hashes'], 'needs the hashes'],
    [['--mode', 'nonces'], 'no nonces'],
    [['--services', 'nobody'], 'there is no service'],
    [['--hashes', "sha384-x'; script-src *"], 'is not a hash'],
    [['--reports', '/csp; script-src *'], 'is not a path'],
    [['--for', 'everybody'], '--for takes'],
  ])('refuses %j', async (words, says) => {
    const { code, noted } = await run(['generate', ...words]);
    expect({ code, says: noted.includes(says) }).toEqual({ code: 2, says: true });
  });
});

describe('csp lint', () => {
  const WEAK = "default-src 'self'; script-src 'self' 'unsafe-inline'";

  it.each([
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'high', '--format', 'json'], 1],
  ])('answers %j with exit code %i', async (words, code) => {
    expect(await run(['lint', 'policy.txt', ...words], { 'policy.txt': WEAK })).toMatchObject({ code });
  });

  it('reads the head of an answer, and takes what else it says into account', async () => {
    const head = `HTTP/2 200\r\nContent-Security-Policy: ${WEAK}\r\nX-Frame-Options: DENY\r\n`;
    const { printed } = await run(['lint', 'head.txt', '--format', 'json'], { 'head.txt': head });
    expect(printed).toContain('unsafe-inline');
    expect(printed.toLowerCase()).toContain('x-frame-options');
  });

  it('knows from the configuration which frames are needed, and names the change', async () => {
    const { printed } = await run(['lint', 'policy.txt', '--config', '.'], { 'policy.txt': "default-src 'self'" });
    expect(printed).toMatch(/frame-src 'self' https:\/\/elements\.shop\.example/u);
  });

  it('prints the mended policy', async () => {
    const { code, printed } = await run(['lint', 'policy.txt', '--fix'], { 'policy.txt': WEAK });
    expect(code).toBe(0);
    expect(printed).toMatch(/base-uri .*form-action .*frame-ancestors/u);
  });

  it('writes SARIF', async () => {
    const { printed } = await run(['lint', 'policy.txt', '--format', 'sarif'], { 'policy.txt': WEAK });
    expect(JSON.parse(printed)).toMatchObject({ version: '2.1.0' });
  });

  it.each([
    [['lint', 'nowhere.txt'], 'cannot read'],
    [['lint', 'policy.txt', '--format', 'xml'], '--format takes'],
    [['lint', 'policy.txt', '--fail-on', 'all'], '--fail-on takes'],
    [['lint', 'policy.txt', '--origin', 'shop'], '--origin takes'],
    [['lint'], 'one <page> is wanted'],
  ])('refuses %j', async (words, says) => {
    const { code, noted } = await run(words, { 'policy.txt': WEAK });
    expect({ code, says: noted.includes(says) }).toEqual({ code: 2, says: true });
  });
});

describe('csp explain', () => {
  const report = (blocked: string): string =>
    JSON.stringify({
      'csp-report': {
        'document-uri': 'https://shop.example/checkout?card=4242424242424242',
        'effective-directive': 'frame-src',
        'original-policy': "default-src 'self'",
        'blocked-uri': blocked,
        disposition: 'enforce',
      },
    });

  it('names the one line that lets the fields in', async () => {
    const files = { 'report.json': report('https://elements.shop.example/collect.html') };
    const { code, printed } = await run(['explain', 'report.json', '--config', '.'], files);
    expect(code).toBe(0);
    expect(printed).toContain("frame-src 'self' https://elements.shop.example");
    expect(printed).toContain('whose: sdk');
  });

  it('explains what a collector kept, each cause once, the last report of it', async () => {
    const lines: string[] = [];
    const collector = new ReportCollector({
      now: () => Date.UTC(2030, 0, lines.length + 1),
      sink: (line) => void lines.push(line),
    });
    for (const blocked of [
      'https://elements.shop.example/',
      'https://evil.example/',
      'https://elements.shop.example/',
    ]) {
      const headers = { 'content-type': 'application/csp-report' };
      await collector.answer(new Request('http://vault/', { method: 'POST', headers, body: report(blocked) }), 'a');
    }
    const { code, printed } = await run(['explain', 'kept.jsonl', '--config', '.'], { 'kept.jsonl': lines.join('') });
    expect(code).toBe(0);
    expect(printed.match(/whose: /gu)).toHaveLength(2);
    expect(printed).toContain('2 times, last 2030-01-03');
    expect((await run(['explain', 'kept.jsonl', '--json'], { 'kept.jsonl': lines.join('') })).printed).toContain(
      '"count":2',
    );
  });

  it('does not repeat what stood in an address', async () => {
    const files = { 'report.json': report('https://evil.example/?4242424242424242') };
    expect((await run(['explain', 'report.json'], files)).printed).not.toContain('4242');
  });

  it.each([
    ['not JSON', '{'],
    ['no report', '{"a":1}'],
    ['an empty list', '[]'],
    ['a line that no collector kept', '{"time":"","type":"","fingerprint":""}\n{}'],
  ])('refuses %s', async (_, text) => {
    expect(await run(['explain', 'report.json'], { 'report.json': text })).toMatchObject({ code: 2 });
  });

  it('says of a long file that it is too long, and not that no report is in it', async () => {
    const { code, noted } = await run(['explain', 'report.json'], { 'report.json': report('x'.repeat(70_000)) });
    expect({ code, says: noted.includes('more than 64 KiB') }).toEqual({ code: 2, says: true });
  });
});

describe('csp check', () => {
  it.each(['shop.example', 'file:///etc/passwd', 'javascript:alert(1)'])('refuses %s', async (url) => {
    expect(await run(['check', url])).toMatchObject({ code: 2 });
  });
});

describe('csp monitor', () => {
  const ofShop = { page: 'https://shop.example/pay', approved: { by: 'Ann', because: 'first', at: '' }, traits: [] };
  const files = { 'payment-page.json': JSON.stringify(ofShop) };

  it('writes no approval of one page over that of another', async () => {
    const words = ['--approve', '--by', 'Ann', '--because', 'first'];
    const { code, noted } = await run(['monitor', 'https://other.example/pay', ...words], files);
    expect(code).toBe(3);
    expect(noted).toContain('is of https://shop.example/pay');
  });

  it.each([
    ['--by', ['--by', 'a'.repeat(201), '--because', 'b']],
    ['--because', ['--by', 'a', '--because', 'b'.repeat(2001)]],
  ])('takes no more for %s than it could read again', async (_, words) => {
    expect((await run(['monitor', 'https://shop.example/pay', '--approve', ...words], files)).code).toBe(2);
  });
});
