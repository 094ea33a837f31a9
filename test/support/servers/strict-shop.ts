import { readFile } from 'node:fs/promises';
import { HostServer } from '../host-server.js';
import { BRIDGE } from '../product.js';
import type { World } from '../world.js';

const PLACES = ['card', 'number', 'expiry', 'cvc', 'name', 'reveal'].map((id) => `<div id="${id}"></div>`).join('');

/** A page with nothing inline. Where the server in front makes nonces, it puts one into each mark. */
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Checkout</title></head><body>${PLACES}
<script nonce="{nonce}" src="/cloister.js"></script><script nonce="{nonce}" src="/bench.js"></script></body></html>`;

const script = (elements: string): string => `
window.sessionAt = (path) => async (need) => {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(need) });
  if (!response.ok) throw new Error('no session');
  return response.text();
};
window.makeClient = (options = {}) =>
  Cloister.createCloister({ elements: ${JSON.stringify(elements)}, session: sessionAt('/session'), ...options });
`;

/** What an application of its own says; a server in front that kept it would send two policies. */
const OWN = { 'Content-Security-Policy': "default-src 'none'" };

/** Paths of the page. */
export const PAGES = ['/checkout/', '/checkout/pay', '/own/', '/bare/', '/help'] as const;

/** A shop that stands behind a web server and has a policy of its own that would break it. */
export async function openStrictShop({ elements, shop, mint }: World, port: number): Promise<HostServer> {
  const server = new HostServer(port);
  for (const path of PAGES) server.serve(path, { body: PAGE, headers: OWN });
  server.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  server.serve('/cloister.js', { type: 'text/javascript', body: await readFile(BRIDGE, 'utf8') });
  server.serve('/bench.js', { type: 'text/javascript', body: script(elements) });
  server.serve('/session', {
    type: 'text/plain',
    handle: async (_, body) => {
      const { jkt, collection } = JSON.parse(body) as { readonly jkt: string; readonly collection: string };
      const grant = { purpose: 'collect', collection, origin: shop, uses: 1, minutes: 5 };
      const answer = await mint({ thumbprint: jkt, grant });
      if (answer.status !== 201) return answer;
      return { status: 200, body: (JSON.parse(answer.body) as { readonly token: string }).token };
    },
  });
  await server.listen();
  return server;
}
