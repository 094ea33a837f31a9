import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { emitterOf, lintNginx, nginxLevels, readDump, type ServedLevel } from '../../packages/csp/src/index.js';
import {
  NGINX_CASES,
  NGINX_FILES,
  ADD_OTHER as OTHER,
  ADD_POLICY as CSP,
  IN_ROOT as ROOT,
} from '../support/csp/nginx-cases.js';
import { nginxTrees, outerHeaders, TREE_FILES, type Ask } from '../support/csp/nginx-trees.js';
import { freePorts } from '../support/free-ports.js';
import { get } from '../support/get.js';
import { nginxMissing, withNginx } from '../support/servers/own-nginx.js';

test.skip(nginxMissing !== undefined, nginxMissing ?? '');

const UPSTREAM = "img-src 'none'";
/** Statuses with which a header without `always` is sent (ngx_http_headers_module). */
const GOOD = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);
const NAMES = ['content-security-policy', 'content-security-policy-report-only', 'x-frame-options'];

/** What an answer has by what the analysis says of its level; several values are joined by commas, as they come. */
function expectedOf({ headers }: ServedLevel, status: number, name: string): string | undefined {
  const values = headers
    .filter((header) => header.name.toLowerCase() === name && (header.always || GOOD.has(status)))
    .flatMap(({ values: [value = ''] }) => (value === '' ? [] : [value]));
  return values.length === 0 ? undefined : values.join(', ');
}

interface Difference {
  readonly ask: Ask;
  readonly status: number;
  readonly name: string;
  readonly said: string | undefined;
  readonly served: unknown;
}

/** Asks everything, and answers where the server does other than the analysis says. */
async function differences(
  port: number,
  asks: readonly Ask[],
  levels: readonly ServedLevel[],
): Promise<readonly Difference[]> {
  const byName = new Map(levels.map((level) => [level.name, level]));
  const found: Difference[] = [];
  for (const ask of asks) {
    const level = byName.get(ask.level);
    if (level === undefined) throw new Error(`no level ${ask.level} in ${[...byName.keys()].join('\n')}`);
    const { status, headers } = await get(port, ask.path, { headers: { host: ask.host } });
    for (const name of NAMES) {
      const said = expectedOf(level, status, name);
      if (headers[name] !== said) found.push({ ask, status, name, said, served: headers[name] });
    }
  }
  return found;
}

/** What the analysis says of what `nginx -T` prints. */
async function analysed(dump: string) {
  const read = readDump(dump);
  if (read === undefined) throw new Error('nginx -T printed no file');
  const findings = lintNginx(read.main, { origin: 'https://shop.example', read: read.read });
  return { levels: nginxLevels(read.main, read.read), findings };
}

for (const { title, http, files, asks, finds } of NGINX_CASES) {
  test(`of nginx the analysis says: ${title}`, async () => {
    const [port = 0] = await freePorts(1);
    const listen = (text: string): string =>
      text.replaceAll('LISTEN', `listen 127.0.0.1:${port}; server_name shop.test;`);
    const given = Object.fromEntries(
      Object.entries({ ...NGINX_FILES, ...files }).map(([name, text]) => [name, listen(text)]),
    );
    await withNginx({ http: listen(http), files: given }, async (nginx) => {
      const { levels, findings } = await analysed((await nginx.dump()).replaceAll(nginx.folder, '$FOLDER'));
      const found = new Set(findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('nginx-')));
      expect([...found].sort()).toEqual([...finds].sort());
      await nginx.serving(port, async () => {
        for (const [line, wanted, level] of asks) {
          const [path = '', method = 'GET'] = line.split(' ').reverse();
          const { status, headers } = await get(port, path, { method, headers: { host: 'shop.test' } });
          expect(status, line).toBe(wanted);
          const said = levels.find(({ name }) => name === level);
          expect(said, level).toBeDefined();
          for (const name of NAMES)
            expect(headers[name], `${name} of ${line}`).toBe(
              said === undefined ? undefined : expectedOf(said, status, name),
            );
        }
      });
    });
  });
}

/** Analyses that are wrong in one thing each: the comparison must tell them from ours. */
const WRONG: readonly (readonly [
  title: string,
  wrong: (level: ServedLevel, around: ServedLevel | undefined) => ServedLevel,
])[] = [
  [
    'headers of a level are added to those around it',
    (level, around) => ({ ...level, headers: [...level.headers, ...(around?.headers ?? [])] }),
  ],
  [
    'always is of no account',
    (level) => ({ ...level, headers: level.headers.map((header) => ({ ...header, always: true })) }),
  ],
  [
    'an if is no level',
    (level, around) => (level.kind === 'if' && around !== undefined ? { ...level, headers: around.headers } : level),
  ],
  [
    'what stands twice is sent once',
    (level) => ({
      ...level,
      headers: level.headers.filter(({ name }, at) => level.headers.findIndex((other) => other.name === name) === at),
    }),
  ],
];

test('of levels within levels, nginx and the analysis say the same, and wrong ones do not', async () => {
  test.slow();
  for (const seed of [1, 2, 3, 4]) {
    const [port = 0] = await freePorts(1);
    const trees = nginxTrees(25, seed);
    const servers = trees.map(
      ({ host, lines }) => `server {\nlisten 127.0.0.1:${port};\nserver_name ${host};\n${ROOT}\n${lines.join('\n')}\n}`,
    );
    const http = [...outerHeaders(seed), ...servers].join('\n');
    await withNginx({ http, files: TREE_FILES }, async (nginx) => {
      const { levels } = await analysed(await nginx.dump());
      const asks = trees.flatMap((tree) => tree.asks);
      expect(asks.length).toBeGreaterThan(100);
      await nginx.serving(port, async () => {
        expect((await differences(port, asks, levels)).slice(0, 5)).toEqual([]);
        for (const [title, wrong] of WRONG) {
          const others = levels.map((level) =>
            wrong(
              level,
              levels.find(({ name }) => name === level.name.split(' > ').slice(0, -1).join(' > ')),
            ),
          );
          expect((await differences(port, asks, others)).length, title).toBeGreaterThan(0);
        }
      });
    });
  }
});

async function appOn(): Promise<Server> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-security-policy': UPSTREAM }).end('x');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('what an application sends stands beside what nginx adds, but where it is hidden, as the note says', async () => {
  const app = await appOn();
  const address = app.address();
  const upstream = typeof address === 'object' && address !== null ? address.port : 0;
  const [port = 0] = await freePorts(1);
  const pass = `proxy_pass http://127.0.0.1:${upstream};`;
  const hide = 'proxy_hide_header Content-Security-Policy;';
  const http = `server { listen 127.0.0.1:${port}; ${CSP} ${hide}
location /both/ { proxy_hide_header X-A; ${pass} }
location /one/ { ${pass} }
location /theirs/ { ${OTHER} proxy_hide_header X-A; ${pass} } }`;
  await withNginx({ http }, async (nginx) => {
    const { findings } = await analysed(await nginx.dump());
    const noted = findings.filter(({ rule }) => rule === 'nginx-upstream-policy').flatMap(({ levels }) => levels);
    expect(noted).toEqual(['server > location /both/']);
    await nginx.serving(port, async () => {
      const policy = async (path: string): Promise<unknown> =>
        (await get(port, path)).headers['content-security-policy'];
      expect(await policy('/both/')).toBe(`${UPSTREAM}, default-src 'self'`);
      expect(await policy('/one/')).toBe("default-src 'self'");
      expect(await policy('/theirs/')).toBe(UPSTREAM);
    });
  });
  app.close();
});

/** Texts that nginx refuses, and what is said of them; beside each, one that it takes. */
const REFUSED: readonly (readonly [text: string, rule: string, near: string])[] = [
  ["add_header Content-Security-Policy default-src 'self';", 'nginx-value-cut', CSP],
  [
    'add_header Content-Security-Policy default-src; img-src x;',
    'nginx-value-cut',
    'add_header Content-Security-Policy default-src;',
  ],
  [
    `add_header Content-Security-Policy "img-src a"; script-src b;`,
    'nginx-value-cut',
    'add_header Content-Security-Policy "img-src a; script-src b;";',
  ],
  [
    `add_header Content-Security-Policy "${'a'.repeat(4095)}";`,
    'nginx-value-long',
    `add_header Content-Security-Policy "${'a'.repeat(4094)}";`,
  ],
  ["add_header Content-Security-Policy 'a'b;", 'config-syntax', `add_header Content-Security-Policy a'b;`],
  ['add_header Content-Security-Policy "a;', 'config-syntax', 'add_header Content-Security-Policy a";'],
  ['add_header Content-Security-Policy a', 'config-syntax', 'add_header Content-Security-Policy a; # }'],
  ['}', 'config-syntax', '# }'],
  [';', 'config-syntax', 'server { }'],
  ['server {', 'config-syntax', 'server{}'],
  ['include nowhere.conf;', 'nginx-unseen', 'include nowhere/*.conf;'],
];

for (const [text, rule, near] of REFUSED) {
  test(`nginx refuses what ${rule} finds in ${text.slice(0, 60)}`, async () => {
    const rulesOf = (some: string): readonly string[] =>
      lintNginx({ name: 'nginx.conf', text: `http {\n${some}\n}` }, { origin: 'https://shop.example' }).map(
        (each) => each.rule,
      );
    await withNginx({ http: text }, async (nginx) => {
      await expect(nginx.dump()).rejects.toThrow('nginx.conf');
    });
    expect(rulesOf(text)).toContain(rule);
    await withNginx({ http: near }, async (nginx) => {
      expect(await nginx.dump()).toContain(near);
    });
    expect(rulesOf(near)).not.toContain(rule);
  });
}

/** Words as they are written; what nginx makes of each is what the reader makes of it. */
const WORDS = [
  `"a\\"b"`,
  `'a"b'`,
  `"a'b"`,
  String.raw`a\\b`,
  String.raw`"a\b"`,
  'a#b',
  'a}b',
  'a"b',
  String.raw`"a\tb"`,
  String.raw`a\;`,
  'ä',
  String.raw`\"a`,
  `"a;{b}"`,
];

test('nginx reads words as they are read here', async () => {
  const [port = 0] = await freePorts(1);
  const locations = WORDS.map((word, at) => `location /${at}/ { add_header X-Frame-Options ${word} always; }`);
  await withNginx({ http: `server { listen 127.0.0.1:${port}; ${locations.join('\n')} }` }, async (nginx) => {
    const { levels } = await analysed(await nginx.dump());
    await nginx.serving(port, async () => {
      for (const at of WORDS.keys()) {
        const { headers } = await get(port, `/${at}/`);
        const [header] = levels.find(({ name }) => name === `server > location /${at}/`)?.headers ?? [];
        const served = Buffer.from(String(headers['x-frame-options']), 'latin1').toString('utf8');
        expect(served, WORDS[at]).toBe(header?.values[0]);
      }
    });
  });
});

test('nginx takes long policies as they are generated, and the reader puts them together', async () => {
  const [port = 0] = await freePorts(1);
  const policy = `script-src ${Array.from({ length: 130 }, (_, at) => `'sha384-${String(at).padStart(64, 'A')}'`).join(' ')}`;
  const rules = [
    { path: '/*', headers: [['Content-Security-Policy', policy]] },
    { path: '/checkout/*', headers: [['Content-Security-Policy', `${policy}; img-src 'self'`]] },
  ] as const;
  for (const some of [rules.slice(0, 1), rules]) {
    const text = emitterOf('nginx')?.emit(some).text ?? '';
    const http = `server { listen 127.0.0.1:${port}; server_name shop.test; include headers.conf; location / { return 200 x; } }`;
    await withNginx({ http, files: { 'headers.conf': text } }, async (nginx) => {
      const { levels, findings } = await analysed(await nginx.dump());
      expect(findings.filter(({ rule }) => rule.startsWith('nginx-'))).toEqual([]);
      await nginx.serving(port, async () => {
        for (const [
          path,
          {
            headers: [[, value]],
          },
        ] of [
          ['/', rules[0]],
          ['/checkout/', some.at(-1) ?? rules[0]],
        ] as const) {
          expect((await get(port, path)).headers['content-security-policy']).toBe(value);
          const at = levels.find(({ name }) => name === 'server shop.test > location /');
          expect(at?.headers[0]?.values).toContain(value);
        }
      });
    });
  }
});

test('nginx sends a line break as it stands', async () => {
  const [port = 0] = await freePorts(1);
  const http = `server { listen 127.0.0.1:${port}; add_header Content-Security-Policy "img-src *;\n  script-src 'self'" always; }`;
  await withNginx({ http }, async (nginx) => {
    const { findings } = await analysed(await nginx.dump());
    expect(findings.map(({ rule }) => rule)).toContain('nginx-value-lines');
    await nginx.serving(port, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.end('GET / HTTP/1.0\r\n\r\n');
      expect(await readAll(socket)).toContain("Content-Security-Policy: img-src *;\n  script-src 'self'\r\n");
    });
  });
});
