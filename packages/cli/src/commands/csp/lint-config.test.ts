import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../main.js';
import { fakeTerminal, scratchFolder } from '../../test-support/scratch.js';

const CSP = `add_header Content-Security-Policy "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'" always;`;
const OTHER = 'add_header Cache-Control no-store always;';
const TRAP = `server {\n  ${CSP}\n  location /checkout/ {\n    ${OTHER}\n  }\n}\n`;
const INCLUDES = `server {\n  include snippets/headers.conf;\n  location /checkout/ {\n    ${OTHER}\n  }\n}\n`;

async function run(words: readonly string[], files: Readonly<Record<string, string>>) {
  const folder = await scratchFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const terminal = fakeTerminal(folder);
  const code = await main(['csp', 'lint', ...words], terminal);
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), folder };
}

describe('csp lint of a server’s configuration', () => {
  it('finds the trap of add_header by its line', async () => {
    const { code, printed } = await run(['site.conf'], { 'site.conf': TRAP });
    expect(code).toBe(1);
    expect(printed).toMatch(/^high {2}nginx-headers-lost {2}site\.conf:4:5$/mu);
    expect(printed).toContain(`\n    ${CSP}\n`);
  });

  it.each([
    ['a file of the repository', 'deploy/site.conf', 'deploy/site.conf'],
    ['a name with spaces and signs', 'a b/#1%.conf', 'a%20b/%231%25.conf'],
  ])('writes SARIF with the lines of %s', async (_, name, uri) => {
    const { printed } = await run([name, '--format', 'sarif'], { [name]: TRAP });
    const log: {
      runs: {
        results: { ruleId: string; locations: unknown; relatedLocations: unknown }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    } = JSON.parse(printed);
    const [{ results, tool } = { results: [], tool: { driver: { rules: [] } } }] = log.runs;
    const region = (startLine: number, startColumn: number) => ({
      physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn, endLine: startLine } },
    });
    const lost = results.find(({ ruleId }) => ruleId === 'nginx-headers-lost');
    expect(lost).toMatchObject({ level: 'error', locations: [region(4, 5)], relatedLocations: [region(2, 3)] });
    const known = tool.driver.rules.map(({ id }) => id);
    expect(results.filter(({ ruleId }) => !known.includes(ruleId))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it('writes JSON', async () => {
    const { printed } = await run(['site.conf', '--format', 'json'], { 'site.conf': TRAP });
    const { version, findings }: { version: number; findings: readonly unknown[] } = JSON.parse(printed);
    expect(version).toBe(1);
    expect(findings[0]).toMatchObject({
      rule: 'nginx-headers-lost',
      place: { file: 'site.conf', line: 4, column: 5 },
      levels: ['server > location /checkout/'],
      remedy: { lines: [CSP] },
    });
  });

  it.each([
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'note'], 1],
  ])('ends with what %j asks', async (words, code) => {
    expect(await run(['site.conf', ...words], { 'site.conf': TRAP })).toMatchObject({ code });
    expect((await run(['site.conf', '--fail-on', 'high'], { 'site.conf': TRAP.replace(OTHER, '') })).code).toBe(0);
  });

  it.each([
    ['beside the file', ['site.conf'], { 'site.conf': INCLUDES, 'snippets/headers.conf': CSP }],
    ['in the folder above', ['sites/a.conf'], { 'sites/a.conf': INCLUDES, 'snippets/headers.conf': CSP }],
    [
      'where --prefix says',
      ['site.conf', '--prefix', 'x/y'],
      { 'site.conf': INCLUDES, 'x/y/snippets/headers.conf': CSP },
    ],
    [
      'below a copy of /etc/nginx',
      ['site.conf'],
      { 'site.conf': INCLUDES.replace('include ', 'include /etc/nginx/'), 'snippets/headers.conf': CSP },
    ],
    [
      'by a star',
      ['site.conf'],
      {
        'site.conf': INCLUDES.replace('headers.conf', '*.conf'),
        'snippets/headers.conf': CSP,
        'snippets/.off.conf': '}',
      },
    ],
    [
      'by stars in folders',
      ['site.conf'],
      { 'site.conf': INCLUDES.replace('snippets/headers.conf', 's*s/he?ders.conf'), 'snippets/headers.conf': CSP },
    ],
  ])('follows includes %s', async (_, words, files) => {
    const { printed } = await run(words, files);
    expect(printed).toMatch(/^high {2}nginx-headers-lost/mu);
    expect(printed).toContain('snippets/headers.conf:1)');
    expect(printed).not.toContain('nginx-unseen');
  });

  it('says which included files it did not see, and reads no folders and no devices', async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'folder.conf'));
    await symlink('/dev/zero', join(folder, 'zero.conf'));
    await writeFile(
      join(folder, 'site.conf'),
      `server { ${CSP} include folder.conf; include zero.conf; include gone.conf; }`,
    );
    const terminal = fakeTerminal(folder);
    expect(await main(['csp', 'lint', 'site.conf'], terminal)).toBe(0);
    const printed = terminal.printed.join('\n');
    for (const name of ['folder', 'zero', 'gone'])
      expect(printed).toContain(`What ${name}.conf sets was not looked at`);
  });

  it('takes what nginx -T prints for all its files', async () => {
    const dump = `# configuration file /etc/nginx/nginx.conf:\nhttp {\n  include sites/*;\n}\n\n# configuration file /etc/nginx/sites/shop:\n${TRAP}`;
    expect((await run(['dump.txt'], { 'dump.txt': dump })).printed).toMatch(
      /nginx-headers-lost {2}\/etc\/nginx\/sites\/shop:4:5$/mu,
    );
  });

  it('names the place where a file is no configuration', async () => {
    const { code, printed } = await run(['site.conf'], { 'site.conf': TRAP.slice(0, -2) });
    expect(code).toBe(1);
    expect(printed).toMatch(/^high {2}config-syntax {2}site\.conf:1:1$/mu);
  });

  it('does not rewrite the file: --fix names what to write, and says so', async () => {
    const { code, printed, noted } = await run(['site.conf', '--fix'], { 'site.conf': TRAP });
    expect(code).toBe(2);
    expect(printed).toContain('site.conf:4:5  nginx-headers-lost');
    expect(printed).toContain(`\n    ${CSP}`);
    expect(noted).toContain('--fix does not rewrite a server’s configuration');
  });

  it('names for --fix one policy with all changes made', async () => {
    const weak = 'server {\n  add_header Content-Security-Policy "default-src *" always;\n}\n';
    const { printed } = await run(['site.conf', '--fix'], { 'site.conf': weak });
    expect(printed.match(/write the policy as/gu)).toHaveLength(1);
    expect(printed).toMatch(/^site\.conf:2:\d+ {2}the policy$/mu);
    expect(printed).toMatch(/^ {4}default-src .*base-uri .*form-action .*frame-ancestors /mu);
  });

  it('reads Apache’s configuration, and what it includes', async () => {
    const files = {
      'sites/shop.conf': '<VirtualHost *:443>\n  Include /etc/apache2/headers.conf\n</VirtualHost>\n',
      'headers.conf': 'Header set Content-Security-Policy "default-src *"\n',
    };
    const { code, printed } = await run(['sites/shop.conf', '--format', 'json'], files);
    expect(code).toBe(1);
    const { findings }: { findings: readonly { rule: string; place: unknown; levels: unknown }[] } =
      JSON.parse(printed);
    expect(findings.find(({ rule }) => rule === 'apache-without-always')).toMatchObject({
      place: { file: 'headers.conf', line: 1, column: 1 },
      levels: ['VirtualHost *:443'],
    });
    expect(findings.find(({ rule }) => rule === 'script-from-anywhere')).toMatchObject({
      place: { file: 'headers.conf', line: 1 },
    });
  });

  it('is asked for by name where the content does not tell', async () => {
    const files = { 'a.conf': 'more_set_headers "X-Frame-Options: DENY";' };
    expect((await run(['a.conf', '--server', 'nginx'], files)).printed).toContain('nginx-unseen');
    expect((await run(['a.conf'], files)).printed).not.toContain('nginx-unseen');
  });

  it('knows from the configuration which frames are needed', async () => {
    const { STARTER } = await import('../../config/template.js');
    const config = JSON.stringify({ ...STARTER, elements: 'https://elements.shop.example' });
    const { printed } = await run(['site.conf', '--config', '.'], {
      'site.conf': TRAP,
      'cloister.config.json': config,
    });
    expect(printed).toMatch(/^high {2}missing-frame-src {2}site\.conf:2:/mu);
  });

  it.each([
    [['site.conf', '--server', 'iis'], '--server takes'],
    [['site.conf', '--format', 'xml'], '--format takes'],
    [['site.conf', '--origin', 'shop'], '--origin takes'],
  ])('refuses %j', async (words, says) => {
    const { code, noted } = await run(words, { 'site.conf': TRAP });
    expect({ code, says: noted.includes(says) }).toEqual({ code: 2, says: true });
  });
});
