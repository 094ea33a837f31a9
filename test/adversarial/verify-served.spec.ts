import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { siteHandler, type Site, type SiteFile } from '@cloister/elements';
import { expect } from '../support/test.js';
import { ReleaseFolder, whileServing, type Ran } from '../support/released-site.js';

/** A folder with releases 7 (another configuration) and 8 of one origin, signed by its operator. */
const test = base.extend<object, { readonly release: ReleaseFolder }>({
  release: [
    async ({}, use) => {
      const folder = await ReleaseFolder.make();
      await folder.configure({ hosts: ['https://old.shop.example'] });
      await folder.cloister('build', '--out', 'seven', '--serial', '7', '--key', 'operator.pem');
      await folder.configure({});
      await folder.cloister('build', '--out', 'eight', '--serial', '8', '--key', 'operator.pem');
      await use(folder);
      await folder.remove();
    },
    { scope: 'worker' },
  ],
});

interface HeadersFile {
  readonly build: string;
  readonly headers: Readonly<Record<string, SiteFile['headers']>>;
}

/** What `cloister build` wrote, as a host would load it. */
async function siteIn(release: ReleaseFolder, out: string): Promise<Site> {
  const read = (path: string): Promise<Buffer> => readFile(join(release.path, out, ...path.split('/')));
  const { build, headers } = JSON.parse((await read('headers.json')).toString('utf8')) as HeadersFile;
  const files = Object.entries(headers).map(
    async ([path, own]) => [path, { body: await read(path), headers: own }] as const,
  );
  return { build, files: new Map(await Promise.all(files)) };
}

const verify = (release: ReleaseFolder, url: string, ...more: readonly string[]): Promise<Ran> => {
  const words = ['--manifest', 'eight/release-manifest.json', '--key', 'operator.pub', '--json', ...more];
  return release.cloister('verify-served', url, ...words);
};

interface Report {
  readonly manifest: { readonly serial: number } | null;
  readonly differences: readonly { readonly severity: string; readonly where: string; readonly what: string }[];
}

const reportOf = ({ printed: [line = '{}'] }: Ran): Report => JSON.parse(line) as Report;
const briefly = (ran: Ran): readonly string[] =>
  reportOf(ran).differences.map(({ severity, where, what }) => `${severity} ${where} ${what}`);

type Change = (file: SiteFile, path: string) => SiteFile;

/** How a host that was broken into, or set up carelessly, serves a site. */
const served =
  (change: Change) =>
  (site: Site): RequestListener =>
    siteHandler({ ...site, files: new Map([...site.files].map(([path, file]) => [path, change(file, path)])) });

const inDocument =
  (change: (file: SiteFile) => SiteFile): Change =>
  (file, path) =>
    path === '/collect.html' ? change(file) : file;

const withHeaders = (headers: Readonly<Record<string, string>>): Change =>
  inDocument((file) => ({ ...file, headers: { ...file.headers, ...headers } }));

const without = (name: string): Change =>
  inDocument(({ body, headers }) => ({
    body,
    headers: Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name)),
  }));

const flippedBit: Change = (file, path) => {
  if (path !== '/collect.html') return file;
  const body = Uint8Array.from(file.body);
  body[1000] = (body[1000] ?? 0) ^ 1;
  return { ...file, body };
};

const inlineScript = inDocument((file) => ({
  ...file,
  body: Buffer.from(Buffer.from(file.body).toString('utf8').replace('</body>', '<script>steal()</script></body>')),
}));

/** Answers some paths in its own way. */
const also =
  (paths: Readonly<Record<string, { readonly status: number; readonly location?: string; readonly body?: string }>>) =>
  (site: Site): RequestListener =>
  (request, response) => {
    const own = paths[request.url ?? ''] ?? paths['*'];
    if (own === undefined || (paths['*'] === own && site.files.has(request.url ?? ''))) {
      siteHandler(site)(request, response);
      return;
    }
    response.writeHead(own.status, own.location === undefined ? {} : { location: own.location }).end(own.body ?? 'x');
  };

interface Case {
  readonly title: string;
  readonly host: (site: Site) => RequestListener;
  readonly finds: readonly string[];
}

const CASES: readonly Case[] = [
  { title: 'one flipped bit in a script', host: served(flippedBit), finds: ['critical /collect.html bytes'] },
  {
    title: 'an inline script more in a document',
    host: served(inlineScript),
    finds: ['critical /collect.html bytes', 'critical /collect.html scripts'],
  },
  {
    title: 'a document without its policy',
    host: served(without('Content-Security-Policy')),
    finds: ['critical /collect.html content-security-policy'],
  },
  {
    title: 'a policy that lets one more script in',
    host: served(withHeaders({ 'Content-Security-Policy': "script-src 'self'" })),
    finds: ['critical /collect.html content-security-policy'],
  },
  {
    title: 'a defence that is missing',
    host: served(without('Permissions-Policy')),
    finds: ['high /collect.html permissions-policy'],
  },
  {
    title: 'headers that nobody released',
    host: served(withHeaders({ 'Service-Worker-Allowed': '/', 'Set-Cookie': 'id=1', NEL: '{}' })),
    finds: ['critical /collect.html service-worker-allowed', 'high /collect.html nel', 'high /collect.html set-cookie'],
  },
  {
    title: 'a document that is kept for a day',
    host: served(withHeaders({ 'Cache-Control': 'max-age=86400' })),
    finds: ['low /collect.html cache-control'],
  },
  {
    title: 'a document that is redirected',
    host: also({ '/collect.html': { status: 302, location: 'https://elsewhere.example/collect.html' } }),
    finds: ['critical /collect.html redirect'],
  },
  {
    title: 'a document that is gone',
    host: also({ '/reveal.html': { status: 404 } }),
    finds: ['high /reveal.html status'],
  },
  {
    title: 'a document without an end',
    host: served(inDocument((file) => ({ ...file, body: Buffer.alloc(4_000_000, '<script>') }))),
    finds: ['critical /collect.html bytes', 'critical /collect.html scripts'],
  },
  {
    title: 'additional files',
    host: also({ '/sw.js': { status: 200 }, '/index.html': { status: 200 } }),
    finds: ['critical /sw.js additional', 'high /index.html additional'],
  },
];

const known = (build: string, line: string): string => line.replace(`/b/${build}/`, '/b/*/');

test.describe('a live origin against its signed manifest', () => {
  test('control: served as built, nothing differs, with either kind of key and over the command line', async ({
    release,
  }) => {
    const site = await siteIn(release, 'eight');
    await whileServing(siteHandler(site), async (url) => {
      const ran = await verify(release, url, '--serial', '8');
      expect({ code: ran.code, ...reportOf(ran) }).toMatchObject({ code: 0, differences: [], manifest: { serial: 8 } });
      release.env['CLOISTER_RELEASE_KEY'] = await readFile(join(release.path, 'p256.pem'), 'utf8');
      await release.cloister('build', '--out', 'p256');
      delete release.env['CLOISTER_RELEASE_KEY'];
      const words = ['--manifest', 'p256/release-manifest.json', '--key', 'p256.pub'];
      const people = await release.cloister('verify-served', url, ...words);
      expect({ code: people.code, printed: people.printed.join() }).toEqual({
        code: 0,
        printed: expect.stringMatching(/^9 files of build \S+, serial 0: 0 differences$/u),
      });
    });
  });

  for (const { title, host, finds } of CASES) {
    test(`A43 A104 it notices ${title}`, async ({ release }) => {
      const site = await siteIn(release, 'eight');
      const ran = await whileServing(host(site), (url) => verify(release, url));
      expect(ran.code).toBe(1);
      expect(briefly(ran).map((line) => known(site.build, line))).toEqual(finds);
      expect(ran.noted.join()).toContain('[differs]');
    });
  }

  test('A43 A104 it notices a server that answers everything', async ({ release }) => {
    const site = await siteIn(release, 'eight');
    const ran = await whileServing(also({ '*': { status: 200 } })(site), (url) => verify(release, url));
    expect(ran.code).toBe(1);
    // Seven places where others leave something, and two names that were made up a moment ago.
    expect(briefly(ran).filter((line) => line.endsWith(' additional'))).toHaveLength(9);
    expect(briefly(ran)).toHaveLength(9);
  });

  test('A62 A104 it notices an older release: served, or signed long ago', async ({ release }) => {
    const old = await siteIn(release, 'seven');
    await whileServing(siteHandler(old), async (url) => {
      const stale = await verify(release, url);
      expect(stale.code).toBe(1);
      expect(briefly(stale)).toContain('critical /collect.html content-security-policy');
      // The attacker brings the old manifest along, whose signature is as good as ever.
      const seven = ['--manifest', 'seven/release-manifest.json', '--key', 'operator.pub', '--json'];
      expect((await release.cloister('verify-served', url, ...seven)).code).toBe(0);
      const refused = await release.cloister('verify-served', url, ...seven, '--serial', '8');
      expect({ code: refused.code, ...reportOf(refused) }).toMatchObject({
        code: 1,
        manifest: null,
        differences: [{ severity: 'critical', what: 'serial', expected: '8 or more', found: '7' }],
      });
    });
  });

  test('A104 it believes no manifest that the pinned key did not sign', async ({ release }) => {
    const site = await siteIn(release, 'eight');
    const folder = join(release.path, 'eight');
    const [text, signature] = await Promise.all(
      ['release-manifest.json', 'release-manifest.json.sig'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    const forged: readonly (readonly [string, string, string])[] = [
      [(text ?? '').replace('"serial": 8', '"serial": 9'), signature ?? '', 'operator.pub'],
      [text ?? '', '', 'operator.pub'],
      [text ?? '', Buffer.alloc(64).toString('base64'), 'operator.pub'],
      [text ?? '', signature ?? '', 'stranger.pub'],
      [text ?? '', signature ?? '', 'p256.pub'],
    ];
    let asked = 0;
    const counting: RequestListener = (request, response) => {
      asked += 1;
      siteHandler(site)(request, response);
    };
    await whileServing(counting, async (url) => {
      for (const [manifest, sig, key] of forged) {
        await release.write('forged.json', manifest);
        await release.write('forged.json.sig', sig);
        const ran = await release.cloister('verify-served', url, '--manifest', 'forged.json', '--key', key, '--json');
        expect({ code: ran.code, ...reportOf(ran) }).toMatchObject({ code: 1, differences: [{ what: 'signature' }] });
      }
    });
    expect(asked).toBe(0);
  });

  test('A43 A104 it compares the loader on the shop’s server too', async ({ release }) => {
    const [site, bridge] = await Promise.all([
      siteIn(release, 'eight'),
      readFile(new URL('../../packages/bridge/dist/cloister.js', import.meta.url)),
    ]);
    // A build where the bridge is installed promises its bytes as well.
    await release.write('node_modules/@cloister/bridge/dist/cloister.js', bridge);
    const manifest = { name: '@cloister/bridge', version: '0.1.0', exports: { './cloister.js': './dist/cloister.js' } };
    await release.write('node_modules/@cloister/bridge/package.json', JSON.stringify(manifest));
    await release.cloister('build', '--out', 'both', '--key', 'operator.pem');
    const changed = `${bridge.toString('utf8')}//`;
    const shop = also({
      '/sdk.js': { status: 200, body: bridge.toString('utf8') },
      '/bad.js': { status: 200, body: changed },
    });
    await whileServing(shop(site), async (url) => {
      const words = ['--manifest', 'both/release-manifest.json', '--key', 'operator.pub', '--json'];
      const good = await release.cloister('verify-served', url, ...words, '--bridge', `${url}/sdk.js`);
      expect(good.code).toBe(0);
      const bad = await release.cloister('verify-served', url, ...words, '--bridge', `${url}/bad.js`);
      expect({ code: bad.code, differences: briefly(bad) }).toEqual({
        code: 1,
        differences: [`critical ${url}/bad.js bytes`],
      });
    });
  });

  test('what keeps it from finding out is 2, and says what to do', async ({ release }) => {
    const url = 'http://127.0.0.1:9';
    const key = ['--key', 'operator.pub'];
    const manifest = ['--manifest', 'eight/release-manifest.json'];
    const cases: readonly (readonly [readonly string[], string])[] = [
      [[url, ...manifest], '[usage]'],
      [[url, ...manifest, ...key, '--unsigned'], '[usage]'],
      [[...manifest, ...key], '[usage]'],
      [[`${url}/frames/`, ...manifest, ...key], '[usage]'],
      [['ftp://elements.shop.example', ...manifest, ...key], '[usage]'],
      [[url, ...manifest, ...key, '--serial', '-1'], '[usage]'],
      [[url, '--manifest', 'none.json', ...key], '[manifest]'],
      [[url, '--manifest', 'cloister.config.json', '--unsigned'], '[manifest]'],
      [[url, ...manifest, '--key', 'cloister.config.json'], '[key]'],
      [[url, ...manifest, '--key', 'operator.pem'], '[key]'],
      [[url, ...manifest, '--key', 'none.pub'], '[key]'],
      [[url, ...manifest, ...key], '[unreachable]'],
    ];
    for (const [words, says] of cases) {
      const ran = await release.cloister('verify-served', ...words);
      expect({ words, code: ran.code, noted: ran.noted.join() }).toEqual({
        words,
        code: 2,
        noted: expect.stringContaining(says),
      });
    }
  });
});
