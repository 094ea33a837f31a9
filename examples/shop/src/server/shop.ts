import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, listen, loadConfigFile, reportsAddress, startServices } from '@cloister/cli';
import type { CloisterConfig } from '@cloister/protocol';
import { backend, type Route } from './backend.js';
import { pageHeaders } from './headers.js';
import { isOwnPost, readJson, shopperOf, welcome } from './http.js';
import { loadPages, type Pages } from './pages.js';
import { openShoppers } from './shoppers.js';

/** How to open the shop. */
export interface ShopOptions {
  /** First of three ports: shop, elements, vault. 0 takes three that are free. */
  readonly port: number;
  /** Folder of the vault's database and the shop's cards. */
  readonly data: string;
  /** Send `Cross-Origin-Embedder-Policy: require-corp`. Default: false. */
  readonly coep?: boolean;
  /** The shop's origin, when another server stands before it and keeps the `Host` header. Default: the shop's own. */
  readonly behind?: string;
  /** Hears what browsers refused on the shop's pages, and what to do about it. Default: nobody does. */
  readonly refused?: (lines: readonly string[]) => void;
}

/** The shop, open. */
export interface Shop {
  readonly urls: { readonly shop: string; readonly elements: string; readonly vault: string };
  readonly close: () => Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const CONFIG = fileURLToPath(new URL('../../cloister.config.json', import.meta.url));

/** Starts vault, elements origin and shop. @throws CliFailure `port` when one of the ports is taken. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { port, data, coep = false, behind, refused = () => undefined } = options;
  const ports = port === 0 ? await freePorts(3) : [port, port + 1, port + 2];
  const { config, shop } = await configOn(ports, behind);
  const services = await startServices({ config, data: join(data, 'vault'), account: 'shop', refused });
  try {
    if (services.vault === undefined) throw new Error('the shop needs a vault: set adapter to cloister');
    const shoppers = await openShoppers(data);
    const handler = handlerOf({
      origin: shop,
      headers: pageHeaders({ elements: config.elements, coep, reports: reportsAddress(config) }),
      pages: await loadPages(config.elements),
      routes: backend({ origin: shop, vault: services.vault, shoppers }),
    });
    const server = await listen(handler, { host: LOOPBACK, port: ports[0] ?? port });
    return {
      urls: { shop, elements: config.elements, vault: config.vault },
      close: async () => {
        await server.close();
        await services.close();
      },
    };
  } catch (error) {
    await services.close();
    throw error;
  }
}

/** The shop's configuration with the ports put in. */
async function configOn(
  ports: readonly number[],
  behind: string | undefined,
): Promise<{ readonly config: CloisterConfig; readonly shop: string }> {
  const { config } = await loadConfigFile(CONFIG);
  const [own = '', elements = '', vault = ''] = ['shop', 'elements', 'vault'].map(
    (name, index) => `http://${name}.localhost:${String(ports[index])}`,
  );
  const shop = behind ?? own;
  return { shop, config: { ...config, hosts: [shop], elements, vault } };
}

interface HandlerOptions {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pages: Pages;
  readonly routes: Readonly<Record<string, Route>>;
}

function handlerOf(options: HandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(options, request, response).catch(() => {
      response.destroy();
    });
  };
}

async function handle(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { origin, routes } = options;
  // Any other name for this machine: cookies and frames belong to the one origin (also against DNS rebinding).
  if (request.headers.host !== new URL(origin).host) {
    response.writeHead(302, { Location: `${origin}/` }).end();
    return;
  }
  const url = new URL(request.url ?? '/', origin);
  const route = routes[`${request.method ?? ''} ${url.pathname}`];
  if (route === undefined) servePage(options, request, response);
  else await callRoute({ origin, route }, request, response);
}

function servePage(
  { origin, headers, pages }: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const page = request.method === 'GET' ? pages(new URL(request.url ?? '/', origin)) : undefined;
  if (page === undefined) {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('not found');
    return;
  }
  if (shopperOf(request) === undefined) welcome(response);
  response.writeHead(200, { ...headers, 'Content-Type': page.type }).end(page.body);
}

async function callRoute(
  { origin, route }: { readonly origin: string; readonly route: Route },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const shopper = shopperOf(request);
  const allowed = shopper !== undefined && (request.method === 'GET' || isOwnPost(request, origin));
  const { status, body } = allowed
    ? await route(shopper, request.method === 'POST' ? await readJson(request) : undefined)
    : { status: 403, body: 'forbidden' };
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(isText ? body : JSON.stringify(body));
}
