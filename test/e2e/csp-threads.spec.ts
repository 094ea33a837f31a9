import { lint } from '@cloister/csp';
import { BenchPage, VISA } from '../support/bench-page.js';
import { PolicyWatch } from '../support/policy-watch.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

/*
 * What people could not get to work with other SDKs under a policy, each as a page on which Cloister works. The threads are public.
 */
interface Thread {
  readonly title: string;
  /** Where people asked. */
  readonly asked: string;
  readonly policy: (elements: string) => string;
  /** More of the page. */
  readonly meta?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const BASE = (elements: string): string =>
  `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src ${elements}`;

const THREADS: readonly Thread[] = [
  {
    title: 'no inline style is allowed, as an element or an attribute',
    asked: 'braintree-web#625, braintree-web-drop-in#904 and #961, adyen-web#2336',
    policy: (elements) => `${BASE(elements)}; style-src 'none'; style-src-attr 'none'; style-src-elem 'none'`,
  },
  {
    title: 'styles need a nonce that a bundled SDK does not know',
    asked: 'paypal-checkout-components#2486',
    policy: (elements) => `${BASE(elements)}; style-src 'nonce-YWJjZGVmZ2hpamtsbW5vcA=='`,
  },
  {
    title: 'no text becomes code',
    asked: 'paypal-checkout-components#1248',
    policy: (elements) => `${BASE(elements)}; require-trusted-types-for 'script'`,
  },
  {
    title: 'Trusted Types are enforced and no policy may be made',
    asked: 'aem-boilerplate-commerce#1347',
    policy: (elements) => `${BASE(elements)}; require-trusted-types-for 'script'; trusted-types 'none'`,
  },
  {
    title: 'the page may ask its own origin and nobody else',
    asked: 'stripe-js#528',
    policy: BASE,
  },
  {
    title: 'neither images nor fonts nor workers nor objects',
    asked: 'stripe-js#281',
    policy: (elements) =>
      `${BASE(elements)}; img-src 'none'; font-src 'none'; worker-src 'none'; object-src 'none'; child-src 'none'`,
  },
  {
    title: 'frames are allowed by http: on localhost, while everything else asks for https:',
    asked: 'react-stripe-js#254',
    policy: (elements) => `default-src https:; script-src 'self'; connect-src 'self'; frame-src https: ${elements}`,
  },
  {
    title: 'no frame has a javascript: address, so script-src need not let one run',
    asked: 'braintree-web#53',
    policy: (elements) => `${BASE(elements)}; script-src-attr 'none'`,
  },
  {
    title: 'nobody may embed the page itself',
    asked: 'react-stripe-js#249',
    policy: (elements) => `${BASE(elements)}; frame-ancestors 'none'`,
  },
  {
    title: 'the policy stands in the markup of a page without a server',
    asked: 'braintree-web-drop-in#442',
    policy: () => "frame-ancestors 'self'",
    meta: 'meta',
  },
  {
    title: 'a second policy is tried out beside the first',
    asked: 'metlo csp-report-listener#3',
    policy: BASE,
    headers: { 'Content-Security-Policy-Report-Only': "default-src 'self'; frame-src *; style-src *" },
  },
  {
    title: 'the page is isolated across origins',
    asked: 'stripe-js#127',
    policy: BASE,
    headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' },
  },
];

let pages = 0;
function serve({ hosts, elements }: World, { policy, meta, headers = {} }: Thread): string {
  pages += 1;
  hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  const places = ['card', 'number', 'expiry', 'cvc', 'name', 'reveal'].map((id) => `<div id="${id}"></div>`).join('');
  const tag = meta === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${BASE(elements)}">`;
  return hosts.serve(`/thread-${String(pages)}`, {
    headers: { 'Content-Security-Policy': policy(elements), ...headers },
    body: `<!doctype html><html lang="en"><head>${tag}<title>Thread</title></head><body>${places}<script src="/cloister.js"></script><script src="/bench.js"></script></body></html>`,
  });
}

/** What a browser objects to, apart from an icon that the page does not have. */
const serious = ({ objections }: PolicyWatch): readonly string[] =>
  objections.filter((line) => !line.includes('favicon'));

test.describe('a page on which people could not make an SDK work', () => {
  for (const thread of THREADS)
    test(`${thread.title} (${thread.asked}): a card is paid with, and nothing is refused`, async ({ page, world }) => {
      const watch = await PolicyWatch.on(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard('one frame', { path: serve(world, thread) });
      await bench.fill(VISA, 'one frame');
      expect(await bench.submit()).toMatchObject({ ok: true });
      expect(serious(watch)).toEqual([]);
    });

  test('a directive is misspelt (sample-payment-frame#12): mount names the one to add, and lint the mistake', async ({
    page,
    world,
  }) => {
    const policy = `default-src 'self'; iframe-src ${world.elements}`;
    const bench = new BenchPage(page, world);
    await bench.open(serve(world, { title: '', asked: '', policy: () => policy }));
    const hint = `frame-src 'self' ${world.elements}`;
    expect(await bench.tryMount('one frame')).toMatchObject({ code: 'csp', hint });
    const findings = lint({ enforced: [policy], origin: world.shop, needs: { frames: [world.elements] } });
    expect(findings.map(({ message }) => message).join('\n')).toMatch(/iframe-src.*frame-src/u);
  });

  test('the page is in a sandbox without its origin (react-stripe-elements#391): mount says so', async ({
    page,
    world,
  }) => {
    const path = serve(world, {
      title: '',
      asked: '',
      policy: (elements) => `${BASE(elements)}; sandbox allow-scripts`,
    });
    const bench = new BenchPage(page, world);
    await bench.open(path);
    expect(await bench.tryMount('one frame', { timeout: 3000 })).toMatchObject({ name: 'CloisterError' });
  });
});
