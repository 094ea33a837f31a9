import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostHeaders, plainHeaders, SCRIPT_MODES } from '@cloister/csp';
import { VISA } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { Tab } from '../support/engines/tab.js';
import { BRIDGE } from '../support/product.js';
import { BENCH } from '../support/world.js';

const NONCE = 'c2l4dGVlbiBieXRlcyE=';
const hashOf = (content: string | Uint8Array): string =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

for (const mode of SCRIPT_MODES)
  test(`under the policy of mode ${mode} a card is paid with, and a script that nobody named does not run`, async ({
    session,
    world,
  }) => {
    const bench = await fetch(`http://127.0.0.1:${String(world.hosts.port)}/bench.js`).then((answer) => answer.text());
    const hashes = mode === 'hashes' ? [hashOf(await readFile(BRIDGE)), hashOf(bench)] : [];
    const [sdk = '', own = ''] = mode === 'hashes' ? hashes.map((hash) => `integrity="${hash}"`) : [];
    const nonce = mode === 'nonces' || mode === 'strict-dynamic' ? `nonce="${NONCE}"` : '';
    const body = BENCH.replace('<script src="/cloister.js"', `<script ${sdk} ${nonce} src="/cloister.js"`)
      .replace('<script src="/bench.js"', `<script ${own} ${nonce} src="/bench.js"`)
      .replace('</body>', '<script>document.documentElement.dataset.injected = "ran"</script></body>');
    const headers = Object.fromEntries(
      plainHeaders(hostHeaders({ elements: world.elements, mode, hashes, secure: false })).map(([name, value]) => [
        name,
        value.replaceAll('{nonce}', NONCE),
      ]),
    );
    const path = world.hosts.serve(`/under-${mode}`, { body, headers });
    const tab = new Tab(await session.open());
    await tab.goto(`${world.shop}${path}`);
    const page = new EngineBench(tab, world);
    expect(await page.tryMount('one frame')).toBeNull();
    await page.fill(VISA, 'one frame');
    expect(await page.submit()).toMatchObject({ ok: true });
    expect(await tab.run(() => document.documentElement.dataset['injected'] ?? 'no')).toBe('no');
  });
