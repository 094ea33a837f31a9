import { expect, test } from '@playwright/test';
import { apacheLevels, lintApache, type ApacheLevel } from '../../packages/csp/src/index.js';
import { freePorts } from '../support/free-ports.js';
import { get } from '../support/get.js';
import { apacheMissing, withApache } from '../support/servers/own-apache.js';

test.skip(apacheMissing !== undefined, apacheMissing ?? '');

const POLICY = `Content-Security-Policy "default-src 'self'"`;
const NAMES = ['content-security-policy', 'x-frame-options'];

interface Case {
  readonly title: string;
  readonly lines: string;
  /** Path, status and the section that is the innermost for it; the server has no name. */
  readonly asks: readonly (readonly [path: string, status: number, level: string])[];
  readonly finds: readonly string[];
}

const ALL = [
  ['/', 200, ''],
  ['/none', 404, ''],
] as const;
const IN_A = [...ALL, ['/a/', 200, 'Location /a'], ['/a/none', 404, 'Location /a']] as const;

const CASES: readonly Case[] = [
  {
    title: 'errors do not have what is not always sent',
    lines: `Header set ${POLICY}`,
    asks: ALL,
    finds: ['apache-without-always'],
  },
  {
    title: 'errors have what is always sent',
    lines: `Header always set ${POLICY}`,
    asks: [...ALL, ['/a', 301, '']],
    finds: [],
  },
  {
    title: 'two tables are both sent',
    lines: `Header always set ${POLICY}\nHeader set ${POLICY}`,
    asks: ALL,
    finds: ['apache-two-tables'],
  },
  {
    title: 'a table that is emptied is not sent',
    lines: `Header set ${POLICY}\nHeader onsuccess unset Content-Security-Policy\nHeader always set ${POLICY}`,
    asks: ALL,
    finds: [],
  },
  {
    title: 'a section takes what is around it, and puts its own in its place',
    lines: `Header always set ${POLICY}\nHeader always set X-Frame-Options DENY\n<Location /a>\nHeader always set Content-Security-Policy "img-src *"\n</Location>`,
    asks: IN_A,
    finds: [],
  },
  {
    title: 'a section that sets the other table sends both',
    lines: `Header always set ${POLICY}\n<Location /a>\nHeader set Content-Security-Policy "img-src *"\n</Location>`,
    asks: IN_A,
    finds: ['apache-two-tables'],
  },
  {
    title: 'what is added stands beside what is there',
    lines: `Header always set ${POLICY}\nHeader always add Content-Security-Policy "img-src *"`,
    asks: ALL,
    finds: ['apache-policy-twice'],
  },
  {
    title: 'what is appended is one header with a comma',
    lines: `Header always set ${POLICY}\nHeader always append Content-Security-Policy "img-src *"\nHeader always setifempty X-Frame-Options DENY\nHeader always setifempty X-Frame-Options SAMEORIGIN`,
    asks: ALL,
    finds: [],
  },
  {
    title: 'a section takes a header away',
    lines: `Header always set ${POLICY}\n<Location /a>\nHeader always unset Content-Security-Policy\n</Location>`,
    asks: IN_A,
    finds: [],
  },
  {
    title: 'sections in sections, and those that only say when',
    lines: `<IfModule mod_headers.c>\nHeader always set ${POLICY}\n</IfModule>\n<Location /a>\n<If "true">\nHeader always set X-Frame-Options DENY\n</If>\n</Location>`,
    asks: [...ALL, ['/a/', 200, 'Location /a > If "true"']],
    finds: ['apache-if-module'],
  },
  {
    title: 'lines are joined, quotes and signs are read',
    lines:
      'Header always set Content-Security-Policy "img-src \\\n  https://a.example/%%41; \\\n  report-uri /\\"b\\""\nHeader always set X-Frame-Options \'a "b"\'',
    asks: ALL,
    finds: [],
  },
];

/** What an answer has by what the analysis says of its section. */
function expectedOf(level: ApacheLevel | undefined, status: number, name: string): string | undefined {
  const sent = (level?.headers ?? []).filter((header) => header.name.toLowerCase() === name);
  const values = sent.filter(({ always }) => always || status === 200).map(({ value }) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

for (const { title, lines, asks, finds } of CASES) {
  test(`of Apache the analysis says: ${title}`, async () => {
    const [port = 0] = await freePorts(1);
    await withApache(port, lines, async (text) => {
      const main = { name: 'apache.conf', text };
      const levels = apacheLevels(main);
      const rules = lintApache(main, { origin: 'https://shop.example' }).map(({ rule }) => rule);
      expect([...new Set(rules.filter((rule) => rule.startsWith('apache-')))].sort()).toEqual([...finds].sort());
      for (const [path, wanted, level] of asks) {
        const { status, headers } = await get(port, path);
        expect(status, path).toBe(wanted);
        const said = levels.find(({ name }) => name === level);
        expect(said, level).toBeDefined();
        for (const name of NAMES) expect(headers[name], `${name} of ${path}`).toBe(expectedOf(said, status, name));
      }
    });
  });
}

test('Apache refuses a value that is not in quotes, as the finding says', async () => {
  const [port = 0] = await freePorts(1);
  const text = "Header always set Content-Security-Policy default-src 'self' https://a.example";
  await expect(withApache(port, text, async () => undefined)).rejects.toThrow();
  const [finding] = lintApache({ name: 'a', text }, { origin: 'https://shop.example' });
  expect(finding?.rule).toBe('apache-value-cut');
  await withApache(port, finding?.remedy?.lines.join('\n') ?? '', async () => {
    expect((await get(port, '/')).headers['content-security-policy']).toBe("default-src 'self' https://a.example");
  });
});
