import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitterOf } from '../../emit/emitters.js';
import type { ConfigFinding } from '../finding.js';
import { CONFIG_RULE_IDS, type ConfigRuleId } from '../rules.js';
import { lintNginx } from './lint-nginx.js';

/** What takes this long is quadratic, on a machine that has other work too. */
const QUADRATIC_MS = 15_000;

const SHOP = 'https://shop.example';
const GOOD = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const CSP = `add_header Content-Security-Policy "${GOOD}" always;`;
const OTHER = 'add_header Cache-Control no-store always;';

const filesOf = (files: Readonly<Record<string, string>>) => (path: string) => {
  const text = files[path];
  return text === undefined ? [] : [{ name: path, text }];
};

const lintText = (text: string, files: Readonly<Record<string, string>> = {}): readonly ConfigFinding[] =>
  lintNginx({ name: 'site.conf', text }, { origin: SHOP, read: filesOf(files) });
const server = (...lines: readonly string[]): string => `server {\n${lines.join('\n')}\n}\n`;
const location = (...lines: readonly string[]): string => `location /a/ {\n${lines.join('\n')}\n}`;
const ids = (text: string): readonly string[] => lintText(text).map(({ rule }) => rule);

type NginxRule = Exclude<ConfigRuleId, `apache-${string}`>;

const isNginx = (rule: ConfigRuleId): rule is NginxRule => !rule.startsWith('apache-');

/** For each rule what it finds, and what is near and right. */
const CASES: Readonly<Record<NginxRule, readonly [bad: readonly string[], good: readonly string[]]>> = {
  'config-syntax': [[server('listen 80'), server('a "b"c;'), 'server {'], [server(CSP)]],
  'nginx-headers-lost': [
    [
      server(CSP, location(OTHER)),
      server(CSP, location('if ($a) {', OTHER, '}')),
      `http {\n${CSP}\n${server(OTHER)}}`,
      server(CSP, location('add_header "" "";')),
      server(CSP, 'add_header_inherit merge;', location('add_header_inherit on;', OTHER)),
      server(CSP, location('add_header_inherit off;')),
      // The include has other headers only.
      server('include all.conf;', location('include some.conf;')),
    ],
    [
      server(CSP, location('expires 1h;')),
      server(CSP, location(OTHER, CSP)),
      server(CSP, location(OTHER, 'add_header_inherit merge;')),
      server(CSP, 'add_header_inherit merge;', location(OTHER)),
      server(CSP, location(OTHER, 'add_header content-security-policy "" always;')),
      server(OTHER, location(CSP)),
      server('include all.conf;', location(OTHER, 'include all.conf;')),
      // Another protocol, and what only looks like a level.
      `stream { ${server(CSP, location(OTHER))} }`,
    ],
  ],
  'nginx-without-always': [
    [server('add_header X-Frame-Options DENY;'), server(`add_header Content-Security-Policy "${GOOD}";`)],
    [server(CSP), server('add_header X-Cache yes;'), server('add_header X-Frame-Options "";')],
  ],
  'nginx-policy-twice': [
    [
      server(CSP, CSP),
      server(CSP, `add_header Content-Security-Policy "img-src 'self'" always;`),
      `map $uri $more { default "img-src *"; /a "img-src a"; }\n${server(CSP, 'add_header Content-Security-Policy $more;')}`,
      server(CSP, location('add_header_inherit merge;', CSP)),
    ],
    [
      server(CSP, location(CSP)),
      server(CSP, `add_header Content-Security-Policy-Report-Only "img-src 'self'" always;`),
      server(CSP, 'add_header Content-Security-Policy $more always;'),
      `map $uri $more { /a "img-src *"; }\n${server(CSP, 'add_header Content-Security-Policy $more;')}`,
      server(CSP, 'if ($a) { set $more "img-src *"; }', 'add_header Content-Security-Policy $more;'),
      server(CSP, 'set $more "";', 'if ($a) { set $more "img-src *"; }', 'add_header Content-Security-Policy $more;'),
    ],
  ],
  'nginx-header-twice': [
    [server('add_header Cross-Origin-Opener-Policy same-origin;'.repeat(2))],
    [server('add_header Permissions-Policy "usb=()";'.repeat(2))],
  ],
  'nginx-value-cut': [
    [
      server("add_header Content-Security-Policy default-src 'self' always;"),
      server("add_header Content-Security-Policy default-src; script-src 'self';"),
      server(`add_header Content-Security-Policy "default-src 'self'"; img-src *;`),
      server('add_header X-Frame-Options DENY SAMEORIGIN;'),
    ],
    [server(CSP, 'expires 1h;'), server('add_header X-Frame-Options DENY;')],
  ],
  'nginx-value-long': [
    [server(`add_header Content-Security-Policy "${'a'.repeat(4095)}" always;`)],
    [server(`add_header Content-Security-Policy "${'a'.repeat(4094)}" always;`)],
  ],
  'nginx-value-lines': [
    [
      server(`add_header Content-Security-Policy "default-src 'none';\n  img-src *" always;`),
      server(String.raw`add_header X-Frame-Options "a\nb";`),
      server(`set $csp "img-src\r\n*";`, 'add_header Content-Security-Policy $csp;'),
    ],
    [server(`add_header\n  Content-Security-Policy\n  "default-src 'none'"\n  always;`)],
  ],
  'nginx-upstream-policy': [
    [
      server(CSP, location('proxy_pass http://app;')),
      server(CSP, location('fastcgi_pass app;', 'proxy_hide_header Content-Security-Policy;')),
      // Lists of this kind are lost as headers are.
      server(
        CSP,
        'proxy_hide_header Content-Security-Policy;',
        location('proxy_hide_header X-A;', 'proxy_pass http://a;'),
      ),
    ],
    [
      server(CSP, location('proxy_pass http://app;', 'proxy_hide_header content-security-policy;')),
      server(CSP, 'grpc_hide_header Content-Security-Policy;', location('grpc_pass grpc://app;')),
      server(location('proxy_pass http://app;')),
      server(CSP, location('root /srv;')),
    ],
  ],
  'nginx-no-policy': [
    [server('root /srv;'), server('add_header X-Frame-Options DENY always;'), server(location('proxy_pass http://a;'))],
    [server(location(CSP)), server('return 301 https://shop.example$request_uri;'), 'map $a $b { c d; }', ''],
  ],
  'nginx-value-unknown': [
    [server('add_header Content-Security-Policy $csp always;')],
    [
      server('set $csp "img-src *";', 'add_header Content-Security-Policy $csp always;'),
      `map $uri $csp { default "img-src *"; }\n${server('add_header Content-Security-Policy ${csp} always;')}`,
      server(`add_header Content-Security-Policy "script-src 'nonce-$request_id'" always;`),
    ],
  ],
  'nginx-unseen': [
    [
      server('include nowhere.conf;'),
      server(location('more_set_headers "Content-Security-Policy: img-src *";')),
      server('header_filter_by_lua_block { ngx.header["X-Frame-Options"] = "DENY" }'),
      'include site.conf;',
    ],
    [
      server('include all.conf;'),
      server('include nothing/*.conf;', 'include mime.types;'),
      server('more_set_headers "Server: x";'),
    ],
  ],
};

const FILES = { 'all.conf': `${CSP}\nadd_header X-Frame-Options SAMEORIGIN always;`, 'some.conf': OTHER };

describe.each(CONFIG_RULE_IDS.filter(isNginx))('%s', (rule) => {
  const [bad, good] = CASES[rule];
  it.each(bad)('is found in %j', (text) => {
    expect(lintText(text, { ...FILES, 'site.conf': text }).map((finding) => finding.rule)).toContain(rule);
  });
  it.each(good)('is not found in %j', (text) => {
    expect(lintText(text, FILES).map((finding) => finding.rule)).not.toContain(rule);
  });
});

const only = (text: string, rule: string, files: Readonly<Record<string, string>> = {}): ConfigFinding => {
  const [finding] = lintText(text, files).filter((each) => each.rule === rule);
  if (finding === undefined) throw new Error(`no ${rule}`);
  return finding;
};

describe('the trap of add_header', () => {
  const TEXT = `server {\n  server_name shop.example;\n  ${CSP}\n  location /static/ {\n    expires 1h;\n    ${OTHER}\n  }\n}\n`;

  it('is told at the line that springs it, with the line that it takes away and what to write', () => {
    const { place, levels, related, remedy, severity, message } = only(TEXT, 'nginx-headers-lost');
    expect(place).toMatchObject({ file: 'site.conf', line: 6, column: 5, endLine: 6 });
    expect(TEXT.slice(place.start, place.end)).toBe(OTHER);
    expect({ levels, severity }).toEqual({ levels: ['server shop.example > location /static/'], severity: 'high' });
    expect(message).toContain('Content-Security-Policy (site.conf:3)');
    expect(related.map((each) => each.place.line)).toEqual([3]);
    expect(remedy?.say).toContain('add_header_inherit merge;');
    expect(remedy?.lines).toEqual([CSP]);
  });

  it('is mended by the lines that it names', () => {
    const { remedy } = only(TEXT, 'nginx-headers-lost');
    expect(ids(TEXT.replace(OTHER, [OTHER, ...(remedy?.lines ?? [])].join('\n')))).not.toContain('nginx-headers-lost');
  });

  it.each([
    ['a file of headers', 'include all.conf;', ['include all.conf;']],
    ['a file that also takes away what an application sends', 'include hides.conf;', ['include hides.conf;']],
    ['a file with more than headers', 'include more.conf;', [CSP]],
  ])('names what to repeat of %s', (_, include, lines) => {
    const files = {
      'all.conf': CSP,
      'hides.conf': `${CSP}\nproxy_hide_header Content-Security-Policy;`,
      'more.conf': `${CSP}\nroot /srv;`,
    };
    expect(only(server(include, location(OTHER)), 'nginx-headers-lost', files).remedy?.lines).toEqual(lines);
  });

  it('stands in the file that was included', () => {
    const { place } = only('include sites/a.conf;', 'nginx-headers-lost', { 'sites/a.conf': TEXT });
    expect(place).toMatchObject({ file: 'sites/a.conf', line: 6 });
  });

  it.each([
    ['location ~* \\.(?:css|js|jpe?g|woff2?)$', [CSP], 'low'],
    ['location ~* \\.css$', ['add_header X-Content-Type-Options nosniff;'], 'medium'],
    ['location ~* \\.(png|svg)$', [CSP], 'medium'],
    ['location ~* \\.(css|html)$', [CSP], 'high'],
    ['location ~ ^/user/', [CSP], 'high'],
    ['location = /a', [CSP], 'high'],
    ['location = /a', ['add_header Referrer-Policy no-referrer;'], 'medium'],
    ['location = /a', ['add_header Reporting-Endpoints "a=\\"/r\\"";'], 'low'],
    ['location = /a', [`add_header Content-Security-Policy-Report-Only "${GOOD}";`], 'low'],
  ])('weighs in %s what is lost of %j: %s', (where, lines, severity) => {
    expect(only(server(...lines, `${where} { ${OTHER} }`), 'nginx-headers-lost').severity).toBe(severity);
  });

  it('is a note where a file that is not here may mend it', () => {
    const found = only(server(CSP, location(OTHER, 'include gone.conf;')), 'nginx-headers-lost');
    expect(found.severity).toBe('note');
    expect(found.message).toContain('unless gone.conf sets it');
    expect(only(server(CSP, location(OTHER, 'include mime.types;')), 'nginx-headers-lost').severity).toBe('high');
  });

  it('weighs little where there is no page', () => {
    const preflight = `location / { if ($request_method = OPTIONS) { ${OTHER} return 204; } }`;
    expect(only(server(CSP, preflight), 'nginx-headers-lost').severity).toBe('low');
    expect(only(server(CSP, location('add_header_inherit off;')), 'nginx-headers-lost').severity).toBe('note');
  });
});

describe('policies', () => {
  it('are linted as any other, at their letters in the file', () => {
    const text = server(`add_header Content-Security-Policy "script-src 'self' 'unsafe-inline'" always;`);
    const { place, levels } = only(text, 'unsafe-inline');
    expect(text.slice(place.start, place.end)).toBe("'unsafe-inline'");
    expect({ line: place.line, levels }).toEqual({ line: 2, levels: ['server'] });
  });

  it('are found behind escapes, in what a variable is set to, and in parts of it', () => {
    const text = `map $uri $img {\n  default "img-src \\"x\\" 'slef'";\n}\n${server(
      `set $csp "default-src 'self';";`,
      `set $csp "\${csp} $img;";`,
      'add_header Content-Security-Policy $csp always;',
    )}`;
    const { place, related } = only(text, 'source-typo');
    expect(text.slice(place.start, place.end)).toBe("'slef'");
    expect(related.map((each) => each.place.line)).toEqual([7]);
    expect(ids(text)).not.toContain('missing-script-src');
  });

  it('are linted with each value that a variable may have', () => {
    const text = `map $uri $csp {\n  default "${GOOD}";\n  /a "script-src *";\n  /b "script-src 'unsafe-eval'";\n}\n${server('add_header Content-Security-Policy $csp always;')}`;
    expect(ids(text)).toEqual(expect.arrayContaining(['script-from-anywhere', 'unsafe-eval']));
  });

  it.each([
    [
      `script-src 'nonce-$request_id'; base-uri 'none'`,
      ['short-nonce', 'static-nonce', 'malformed-nonce', 'source-typo'],
    ],
    ['script-src https://$host', ['script-src', 'source-typo', 'unknown-source']],
    ["default-src 'self'; $rest", ['missing-base-uri', 'missing-frame-ancestors', 'unknown-directive']],
  ])('of %j are not judged by what is not known', (policy, rules) => {
    const found = ids(server(`add_header Content-Security-Policy "${policy}" always;`));
    for (const rule of rules) expect(found).not.toContain(rule);
  });

  it('are told once for all levels that have them', () => {
    const text = server(
      `add_header Content-Security-Policy "script-src *" always;`,
      location('root /a;'),
      'location /b { root /b; }',
    );
    const found = lintText(text).filter(({ rule }) => rule === 'script-from-anywhere');
    expect(found.map(({ levels }) => levels)).toEqual([['server', 'server > location /a/', 'server > location /b']]);
  });

  it('are asked whether they let the fields in', () => {
    const found = lintNginx(
      { name: 'site.conf', text: server(CSP) },
      { origin: SHOP, needs: { frames: ['https://elements.shop.example'] } },
    );
    expect(found.map(({ rule }) => rule)).toContain('missing-frame-src');
  });
});

describe('values that end early', () => {
  it.each([
    ["default-src 'self' always;", "default-src 'self'"],
    [
      "default-src 'self'; script-src 'self' a.example;\nimg-src *;",
      "default-src 'self'; script-src 'self' a.example; img-src *",
    ],
    [`"default-src 'self'; "; img-src *;`, "default-src 'self'; img-src *"],
  ])('of %j are named as they were meant', (rest, policy) => {
    const { remedy, place } = only(server(`add_header Content-Security-Policy ${rest}`), 'nginx-value-cut');
    expect(remedy?.lines).toEqual([`add_header Content-Security-Policy "${policy}" always;`]);
    expect(place.line).toBe(2);
  });
});

describe('what cloister generates', () => {
  const files = emitterOf('nginx')?.emit([
    {
      path: '/*',
      headers: [
        ['Content-Security-Policy', GOOD],
        ['X-Content-Type-Options', 'nosniff'],
      ],
    },
  ]);
  const byPath = emitterOf('nginx')?.emit([
    { path: '/*', headers: [['Content-Security-Policy', GOOD]] },
    { path: '/checkout/*', headers: [['Content-Security-Policy', `${GOOD}; img-src 'self'`]] },
  ]);

  it.each([
    ['for the whole site', files?.text ?? ''],
    ['by path', byPath?.text ?? ''],
  ])('%s has nothing above a note of its own', (_, text) => {
    const found = lintText(server('include headers.conf;'), { 'headers.conf': text });
    expect(found.filter(({ rule }) => rule.startsWith('nginx-'))).toEqual([]);
    expect(lintText(text).filter(({ rule }) => rule.startsWith('nginx-'))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('whatever the file has', () => {
  const line = fc.constantFrom(
    CSP,
    OTHER,
    'server {',
    'location ~ a {',
    'if ($a) {',
    '}',
    'add_header',
    'Content-Security-Policy',
    '"',
    ';',
    '$csp',
    'set $csp "$csp$csp";',
    'include all.conf;',
    'include site.conf;',
    'map $a $csp {',
    'proxy_pass http://a;',
    'add_header_inherit merge;',
    'add_header_inherit off;',
    "script-src 'nonce-$a'",
    '\\',
    '\u001B[2J',
    '%',
    '[x](y)',
  );

  it('it is read, and every finding stands within its file', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const text = lines.join('\n');
        const files: Readonly<Record<string, string>> = { ...FILES, 'site.conf': text };
        for (const { place } of lintText(text, files)) {
          const { length } = files[place.file] ?? '';
          expect(place.start).toBeGreaterThanOrEqual(0);
          expect(place.end).toBeGreaterThanOrEqual(place.start);
          expect(place.end).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['levels', `server { ${CSP} ${`location /a { ${OTHER} }`.repeat(3000)} }`],
    ['headers', server(CSP.repeat(3000), location(CSP.repeat(3000), 'add_header_inherit merge;'))],
    [
      'policies',
      server('add_header_inherit merge;', ...Array.from({ length: 1000 }, (_, at) => `location /${at} { ${CSP} }`)),
    ],
    [
      'variables that double',
      server('set $a "aaaaaaaaaa";', 'set $a "$a$a";'.repeat(3000), 'add_header Content-Security-Policy $a;'),
    ],
    [
      'variables',
      server(Array.from({ length: 5000 }, (_, at) => `if ($x) { set $a "b${at}"; set $b${at} "$a"; }`).join('\n')),
    ],
    ['includes', 'include all.conf;'.repeat(5000)],
    ['lost includes', 'include nowhere.conf;'.repeat(5000)],
    ['maps', `map $a $csp { ${'a "img-src *";'.repeat(5000)} } ${server('add_header Content-Security-Policy $csp;')}`],
  ])('many %s take no long time', (_, text) => {
    const began = performance.now();
    const found = lintText(text, FILES);
    expect(performance.now() - began).toBeLessThan(QUADRATIC_MS);
    expect(found.length).toBeLessThan(2000);
  });
});
