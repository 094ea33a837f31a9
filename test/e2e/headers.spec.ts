import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, writeSite, type Site } from '@cloister/elements';
import { get } from '../support/get.js';
import { inlineScript, integrityOf } from '../support/inline-script.js';
import { serveFolder } from '../support/serve-command.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

test.use({ worldOptions: { hosts: ['shop', 'outlet'] } });

const ROLES = ['collect', 'reveal', 'coordinator', 'diagnose'] as const;
type Role = (typeof ROLES)[number];

const OFF = [
  'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(),',
  'compute-pressure=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(),',
  'gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), local-fonts=(),',
  'magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(),',
  'publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(),',
  'storage-access=(), sync-xhr=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()',
].join(' ');

/** Headers of a document, written out; `script` and `purify` are hashes of what was served. */
function documentHeaders(world: World, role: Role, { script, purify }: Record<'script' | 'purify', string>): object {
  const { hosts, vaultUrl } = world;
  const parents = `${hosts.origin('shop')} ${hosts.origin('outlet')}`;
  const policies: Readonly<Record<Role, string>> = {
    collect: `default-src 'none'; script-src '${script}' '${purify}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types cloister; frame-ancestors ${parents}`,
    reveal: `default-src 'none'; script-src '${script}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ${parents}`,
    coordinator: `default-src 'none'; script-src '${script}'; connect-src ${vaultUrl}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ${parents}`,
    diagnose: `default-src 'none'; script-src '${script}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors *`,
  };
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policies[role],
    'integrity-policy': 'blocked-destinations=(script)',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': role === 'reveal' ? OFF.replace('clipboard-write=()', 'clipboard-write=(self)') : OFF,
    'document-policy': 'force-load-at-top',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=300',
    vary: 'Accept-Encoding',
  };
}

const SCRIPT_HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=31536000, immutable',
  vary: 'Accept-Encoding',
} as const;

const MISSING_HEADERS = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

const portOf = (origin: string): number => Number(new URL(origin).port);
const pathInBuild = ({ build }: Site, file: string): string => `/b/${build}/${file}`;

test.describe('the elements origin', () => {
  test('serves a document for each role, twice, the sanitiser, and nothing else', ({ world }) => {
    const { site } = world;
    const expected = [
      ...ROLES.flatMap((role) => [`/${role}.html`, pathInBuild(site, `${role}.html`)]),
      pathInBuild(site, 'purify.js'),
    ];
    expect([...site.files.keys()].toSorted()).toEqual(expected.toSorted());
  });

  for (const role of ROLES) {
    test(`answers ${role}.html with exactly its headers, and its policy names the hash of its script`, async ({
      world,
    }) => {
      const at = (path: string) => get(portOf(world.elements), path);
      const purify = await at(pathInBuild(world.site, 'purify.js'));
      const { status, headers, body } = await at(`/${role}.html`);
      const hashes = { script: integrityOf(inlineScript(body)), purify: integrityOf(purify.body) };
      expect(status).toBe(200);
      expect(headers).toEqual({
        ...documentHeaders(world, role, hashes),
        'content-length': String(body.byteLength),
      });
      // All that can be said in the document is said there, too, before anything else of it.
      const [policy = ''] = String(headers['content-security-policy']).split('; frame-ancestors');
      expect(body.toString('utf8')).toContain(
        `<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
      );
    });

    test(`answers ${role}.html of its own build with the same bytes, for good`, async ({ world }) => {
      const at = (path: string) => get(portOf(world.elements), path);
      const first = await at(`/${role}.html`);
      const pinned = await at(pathInBuild(world.site, `${role}.html`));
      expect(pinned.body.equals(first.body)).toBe(true);
      expect(pinned.headers).toEqual({ ...first.headers, 'cache-control': SCRIPT_HEADERS['cache-control'] });
    });
  }

  test('answers the sanitiser with exactly its headers', async ({ world }) => {
    const { status, headers, body } = await get(portOf(world.elements), pathInBuild(world.site, 'purify.js'));
    expect({ status, headers }).toEqual({
      status: 200,
      headers: { ...SCRIPT_HEADERS, 'content-length': String(body.byteLength) },
    });
  });

  test('answers in the smallest coding that the browser takes, and with the same bytes in it', async ({ world }) => {
    const plain = await get(portOf(world.elements), '/collect.html');
    const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
    for (const [coding, decode] of Object.entries(decoders)) {
      const headers = { 'accept-encoding': coding === 'br' ? 'gzip, br' : coding };
      const coded = await get(portOf(world.elements), '/collect.html', { headers });
      expect(coded.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' });
      expect(coded.body.byteLength).toBeLessThan(plain.body.byteLength / 2);
      expect(decode(coded.body).equals(plain.body)).toBe(true);
    }
  });

  test('lets only the coordinator connect, and only to the vault', ({ world }) => {
    const connecting = [...world.site.files].filter(([, { headers }]) =>
      headers['Content-Security-Policy']?.includes('connect-src'),
    );
    expect(connecting.map(([path]) => path)).toEqual([
      '/coordinator.html',
      pathInBuild(world.site, 'coordinator.html'),
    ]);
  });

  test('knows no other path, method or service worker, and says so under a policy', async ({ world }) => {
    const port = portOf(world.elements);
    const asked = [
      [404, await get(port, '/')],
      [404, await get(port, '/../package.json')],
      [404, await get(port, '/__proto__')],
      [405, await get(port, '/collect.html', { method: 'POST' })],
      [403, await get(port, '/collect.html', { headers: { 'service-worker': 'script' } })],
    ] as const;
    for (const [status, got] of asked) {
      expect(got.status).toBe(status);
      expect(got.headers).toEqual({ ...MISSING_HEADERS, 'content-length': String(got.body.byteLength) });
    }
    const [head, full] = [await get(port, '/collect.html', { method: 'HEAD' }), await get(port, '/collect.html')];
    expect(head).toEqual({ ...full, body: Buffer.alloc(0) });
  });

  test('insists on https where it is served over https', async ({ world }) => {
    const secure = await buildSite({ ...world.config, elements: 'https://elements.shop.example' });
    for (const [path, { headers }] of secure.files)
      expect(headers['Strict-Transport-Security'], path).toBe('max-age=63072000; includeSubDomains; preload');
  });

  test('is the same, byte by byte and header by header, when `cloister serve` serves the written folder', async ({
    world,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'cloister-site-'));
    await writeSite(world.site, folder);
    const served = await serveFolder(folder);
    try {
      const paths = [...world.site.files.keys(), '/headers.json', '/nothing'];
      for (const path of paths) {
        const [ours, theirs] = [await get(portOf(world.elements), path), await get(served.port, path)];
        expect(theirs.body.equals(ours.body), path).toBe(true);
        expect({ ...theirs, body: '' }, path).toEqual({ ...ours, body: '' });
      }
    } finally {
      await served.stop();
      await rm(folder, { recursive: true });
    }
  });
});
