import { hostHeaders, hostPolicy, plainHeaders, policyText, SCRIPT_MODES } from '@cloister/csp';
import { createHash } from 'node:crypto';
import { BenchPage, VISA } from '../support/bench-page.js';
import { PolicyWatch } from '../support/policy-watch.js';
import { expect, test } from '../support/test.js';
import { startWorld, type World } from '../support/world.js';
import { BRIDGE } from '../support/product.js';
import { readFile } from 'node:fs/promises';

const PLACES = ['card', 'number', 'expiry', 'cvc', 'name', 'reveal'].map((id) => `<div id="${id}"></div>`).join('');
const NONCE = 'c2l4dGVlbiBieXRlcyE=';

let pages = 0;
function serve({ hosts }: World, headers: Readonly<Record<string, string>>, attributes: readonly string[]): string {
  pages += 1;
  hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  const [sdk = '', page = ''] = attributes;
  const body = `<!doctype html><html lang="en"><title>Generated</title>${PLACES}<script src="/cloister.js" ${sdk}></script><script src="/bench.js" ${page}></script></html>`;
  return hosts.serve(`/generated-${String(pages)}`, { headers, body });
}

const hashOf = (text: string | Uint8Array): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

async function hashesOf(world: World): Promise<readonly [string, string]> {
  const page = await fetch(`http://127.0.0.1:${String(world.hosts.port)}/bench.js`).then((answer) => answer.text());
  return [hashOf(await readFile(BRIDGE)), hashOf(page)];
}

test.describe('a generated policy', () => {
  for (const mode of SCRIPT_MODES)
    test(`lets a card be paid with and refuses nothing, in mode ${mode}`, async ({ page, world }) => {
      const [sdk, own] = await hashesOf(world);
      const headers = plainHeaders(
        hostHeaders(
          {
            elements: world.elements,
            mode,
            hashes: mode === 'hashes' ? [sdk, own] : [],
            secure: false,
            trustedTypes: true,
          },
          { isolated: true },
        ),
      ).map(([name, value]) => [name, value.replaceAll('{nonce}', NONCE)]);
      const attributes = {
        hosts: '',
        hashes: undefined,
        nonces: `nonce="${NONCE}"`,
        'strict-dynamic': `nonce="${NONCE}"`,
      }[mode];
      const tags = attributes === undefined ? [`integrity="${sdk}"`, `integrity="${own}"`] : [attributes, attributes];
      const watch = await PolicyWatch.on(page);
      const bench = new BenchPage(page, world);
      const path = serve(world, Object.fromEntries(headers) as Record<string, string>, tags);
      await bench.mountCard('one frame', { path });
      await bench.fill(VISA, 'one frame');
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect(watch.objections).toEqual([]);
    });

  test('asks one directive for the SDK: fields are mounted and submitted with frame-src and the page’s own script alone', async ({
    page,
  }) => {
    const world = await startWorld({ adapter: 'memory' });
    try {
      // The page's backend needs no request here, so there is no connect-src either.
      const policy = `default-src 'none'; script-src 'self'; frame-src ${world.elements}`;
      const watch = await PolicyWatch.on(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard('one frame', { path: serve(world, { 'Content-Security-Policy': policy }, []) });
      await bench.fill(VISA, 'one frame');
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect(watch.objections).toEqual([]);
      const [line] = hostPolicy({ elements: world.elements, mode: 'hosts' }).filter(({ name }) => name === 'frame-src');
      expect(line === undefined ? '' : policyText([line])).toBe(`frame-src ${world.elements}`);
    } finally {
      await world.close();
    }
  });
});
