import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitterOf } from '../../emit/emitters.js';
import type { ConfigFinding } from '../finding.js';
import { CONFIG_RULE_IDS, type ConfigRuleId } from '../rules.js';
import { sourceFile } from '../source.js';
import { linesOf, wordText } from './line.js';
import { lintApache } from './lint-apache.js';

const POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const ALWAYS = `Header always set Content-Security-Policy "${POLICY}"`;
const SUCCESS = `Header set Content-Security-Policy "${POLICY}"`;
const QUADRATIC_MS = 15_000;

const lintText = (text: string, files: Readonly<Record<string, string>> = {}): readonly ConfigFinding[] =>
  lintApache(
    { name: 'site.conf', text },
    { origin: 'https://shop.example', read: (name) => (name in files ? [{ name, text: files[name] ?? '' }] : []) },
  );

const section = (name: string, ...lines: readonly string[]): string =>
  `<${name} "/a">\n${lines.join('\n')}\n</${name}>`;

type ApacheRule = Extract<ConfigRuleId, `apache-${string}` | 'config-syntax'>;
const isApache = (rule: ConfigRuleId): rule is ApacheRule => rule.startsWith('apache-') || rule === 'config-syntax';

/** For each rule what it finds, and what is near and right. */
const CASES: Readonly<Record<ApacheRule, readonly [bad: readonly string[], good: readonly string[]]>> = {
  'config-syntax': [
    ['<Location /a>', '</Location>', '<Location /a>\n</Directory>', '<If "a">\n'.repeat(40)],
    [section('Location', ALWAYS), '<location /a>\n</LOCATION>', '# <Location /a>'],
  ],
  'apache-without-always': [
    [
      SUCCESS,
      `Header onsuccess set X-Frame-Options DENY`,
      section('VirtualHost', SUCCESS),
      `<IfModule a.c>\n${SUCCESS}\n</IfModule>`,
    ],
    [
      ALWAYS,
      'Header set X-Cache yes',
      'Header unset Content-Security-Policy',
      `${SUCCESS}\nHeader unset Content-Security-Policy`,
      `# ${SUCCESS}`,
    ],
  ],
  'apache-two-tables': [
    [`${ALWAYS}\n${SUCCESS}`, `${ALWAYS}\n${section('Location', SUCCESS)}`, `${SUCCESS}\n${section('Files', ALWAYS)}`],
    [
      `Header onsuccess unset Content-Security-Policy\n${ALWAYS}`,
      `${SUCCESS}\nHeader onsuccess unset Content-Security-Policy\n${ALWAYS}`,
      `${ALWAYS}\n${section('Location', ALWAYS)}`,
      `${section('Location', SUCCESS)}\n${section('Files', ALWAYS)}`,
    ],
  ],
  'apache-policy-twice': [
    [`${ALWAYS}\nHeader always add Content-Security-Policy "img-src 'self'"`],
    [`${ALWAYS}\n${ALWAYS}`, `${ALWAYS}\nHeader always setifempty Content-Security-Policy "img-src 'self'"`],
  ],
  'apache-value-cut': [
    ["Header always set Content-Security-Policy default-src 'self'"],
    [`${ALWAYS} env=HTTPS`, `${ALWAYS} "expr=%{REQUEST_STATUS} == 404"`, 'Header set X-Frame-Options DENY'],
  ],
  'apache-if-module': [
    [`<IfModule mod_headers.c>\n${ALWAYS}\n</IfModule>`, `<IfModule headers_module>\n${ALWAYS}\n</IfModule>`],
    [`<IfModule mod_ssl.c>\n${ALWAYS}\n</IfModule>`, '<IfModule mod_headers.c>\nHeader set X-Cache yes\n</IfModule>'],
  ],
  'apache-upstream-policy': [
    [`ProxyPass / http://app/\n${ALWAYS}`, `${ALWAYS}\n${section('FilesMatch', 'SetHandler "proxy:unix:/php.sock"')}`],
    [`ProxyPass / http://app/\nHeader onsuccess unset Content-Security-Policy\n${ALWAYS}`, ALWAYS],
  ],
  'apache-no-policy': [
    ['DocumentRoot /srv', section('VirtualHost', 'ServerName a'), section('VirtualHost', 'ProxyPass / http://a/')],
    [section('VirtualHost', ALWAYS), 'ServerName a', section('VirtualHost', 'Redirect permanent / https://a/'), ''],
  ],
  'apache-unseen': [
    ['Include gone.conf', 'Include site.conf'],
    ['IncludeOptional gone.conf', 'Include gone/*.conf', 'Include all.conf'],
  ],
};

describe.each(CONFIG_RULE_IDS.filter(isApache))('%s', (rule) => {
  const [bad, good] = CASES[rule];
  it.each(bad)('is found in %j', (text) => {
    expect(lintText(text, { 'all.conf': ALWAYS, 'site.conf': text }).map((finding) => finding.rule)).toContain(rule);
  });
  it.each(good)('is not found in %j', (text) => {
    expect(lintText(text, { 'all.conf': ALWAYS }).map((finding) => finding.rule)).not.toContain(rule);
  });
});

const only = (text: string, rule: string): ConfigFinding => {
  const [finding] = lintText(text).filter((each) => each.rule === rule);
  if (finding === undefined) throw new Error(`no ${rule}`);
  return finding;
};

describe('changes', () => {
  it.each(['apache-without-always', 'apache-two-tables', 'apache-value-cut'])('named for %s take it away', (rule) => {
    const [[text = '']] = CASES[rule === 'apache-value-cut' ? rule : 'apache-without-always'];
    const given = rule === 'apache-two-tables' ? `${SUCCESS}\n${ALWAYS}` : text;
    const { lines = [] } = only(given, rule).remedy ?? {};
    const mended = rule === 'apache-two-tables' ? [given, ...lines] : lines;
    expect(lintText(mended.join('\n')).map((each) => each.rule)).not.toContain(rule);
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('policies', () => {
  it('are found at their letters behind joined lines, escapes and what is filled in', () => {
    const text = String.raw`<VirtualHost *:443>
  Header always set Content-Security-Policy "default-src 'self'; \
    report-uri /a?\"%%; \
    img-src %{IMAGES}e 'slef'; \
    script-src 'nonce-%{UNIQUE_ID}e'"
</VirtualHost>`;
    const { place, levels } = only(text, 'source-typo');
    expect(text.slice(place.start, place.end)).toBe("'slef'");
    expect({ line: place.line, levels }).toEqual({ line: 4, levels: ['VirtualHost *:443'] });
    const rules = lintText(text).map(({ rule }) => rule);
    for (const rule of ['short-nonce', 'static-nonce', 'malformed-nonce']) expect(rules).not.toContain(rule);
  });

  it('that cloister generates have nothing above a note', () => {
    const { text = '' } =
      emitterOf('apache')?.emit([{ path: '/*', headers: [['Content-Security-Policy', POLICY]] }]) ?? {};
    const found = lintText(text);
    expect(found.filter(({ rule, severity }) => rule.startsWith('apache-') || severity !== 'note')).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

const WORDS: readonly (readonly [text: string, words: readonly string[]])[] = [
  ['a b\tc', ['a', 'b', 'c']],
  [`a "b c" 'd "e"'`, ['a', 'b c', 'd "e"']],
  [String.raw`a "b \"c\" \\"`, ['a', 'b "c" \\']],
  ['a "b c', ['a', 'b c']],
  ['a b"c"', ['a', 'b"c"']],
  ['a \\\n b', ['a', 'b']],
  ['a "b \\\r\n c"', ['a', 'b  c']],
  ['a #b', ['a', '#b']],
  ['a ""', ['a', '']],
  ['a %%b', ['a', '%%b']],
];

describe('a line', () => {
  it.each(WORDS)('%j has these words: %j', (text, words) => {
    const [line] = linesOf(sourceFile({ name: 'a', text }));
    expect(line?.words.map((word) => wordText(line, word))).toEqual(words);
  });

  it.each([
    ['# a \\\n b\nc', ['c']],
    ['\n\n a\n#\nb', ['a', 'b']],
    ['a\\\n', ['a']],
    ['', []],
  ])('of %j begins with these: %j', (text, firsts) => {
    expect(linesOf(sourceFile({ name: 'a', text })).map((line) => wordText(line, line.words[0]))).toEqual(firsts);
  });
});

describe('whatever the file has', () => {
  const part = fc.constantFrom(
    ALWAYS,
    SUCCESS,
    'Header add Content-Security-Policy',
    '\n',
    '\\\n',
    '"',
    "'",
    '\\',
    '%',
    '%{',
    '${a',
    '}',
    ' ',
    '<Location /a>',
    '</Location>',
    '<IfModule mod_headers.c>',
    '</IfModule>',
    'Include site.conf',
    'unset',
    'append',
    '<',
    '>',
    '#',
    '\u001B',
    '[x](y)',
  );

  it('it is read, and every finding stands within its file', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const { place } of lintText(text, { 'site.conf': text })) {
          expect(place.start).toBeGreaterThanOrEqual(0);
          expect(place.end).toBeGreaterThanOrEqual(place.start);
          expect(place.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['joined lines', '\\\n'.repeat(500_000)],
    ['comments', '#\\\n\n'.repeat(200_000)],
    ['open variables', `Header set Content-Security-Policy "${'${'.repeat(200_000)}"`],
    ['open formats', `Header set Content-Security-Policy "${'%{'.repeat(200_000)}"`],
    ['sections', '<Location /a>\n</Location>\n'.repeat(20_000)],
    ['headers', `${ALWAYS}\n`.repeat(5000)],
    ['additions', 'Header append Content-Security-Policy "img-src a"\n'.repeat(5000)],
    ['policies', `<Location /a>\n${ALWAYS}\n</Location>\n`.repeat(1000)],
    ['includes', 'Include all.conf\n'.repeat(5000)],
  ])('many %s take no long time', (_, text) => {
    const began = performance.now();
    const found = lintText(text, { 'all.conf': ALWAYS });
    expect(performance.now() - began).toBeLessThan(QUADRATIC_MS);
    expect(found.length).toBeLessThan(2000);
  });
});
