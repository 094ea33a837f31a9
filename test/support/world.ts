import { createServer, request as httpRequest, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Site } from '@cloister/elements';
import { parseConfig, type CloisterConfig } from '@cloister/protocol';
import type { Vault, VaultLimits } from '@cloister/vault';
import { freePorts } from './free-ports.js';
import { HostServer } from './host-server.js';
import { BRIDGE, buildSite, openVault, siteHandler } from './product.js';

/** The whole system on three cross-site origins, as a shop would run it, and a host server for hostile pages. */
export interface World {
  readonly config: CloisterConfig;
  readonly site: Site;
  readonly vault: Vault;
  readonly credential: string;
  readonly hosts: HostServer;
  readonly shop: string;
  readonly elements: string;
  readonly vaultUrl: string;
  readonly vaultPort: number;
  /** Folder with the vault's database, WAL and key. */
  readonly data: string;
  /** Everything that the vault logged. */
  readonly log: Readonly<Record<string, unknown>>[];
  /** Mints a session as a merchant's backend does. */
  mint(request: unknown): Promise<{ readonly status: number; readonly body: string }>;
  /** Milliseconds added to the vault's clock. */
  advance(ms: number): void;
  /** The vault's clock. */
  now(): number;
  close(): Promise<void>;
}

/** Collections that tests use; what they disclose is what a trace may hold. */
export const COLLECTIONS = {
  cards: {
    number: { type: 'card-number', reveal: 'plain', disclose: ['brand', 'last4'] },
    expiry: { type: 'card-expiry', reveal: 'plain' },
    cvc: { type: 'card-cvc', keep: '1h' },
    name: { type: 'person-name', reveal: 'plain' },
  },
  quiet: {
    number: { type: 'card-number', reveal: 'masked' },
    cvc: { type: 'card-cvc' },
    note: { type: 'text', reveal: 'plain', optional: true },
  },
} as const;

export interface WorldOptions {
  /** Names of the hosts that may embed, each `<name>.localhost`. Default: `shop`. */
  readonly hosts?: readonly string[];
  readonly adapter?: 'cloister' | 'memory';
  /** Whether shown values may be copied by a button. Default: true, so that attacks on the button find one. */
  readonly copy?: boolean;
  readonly collections?: Readonly<Record<string, object>>;
  readonly limits?: Partial<VaultLimits>;
  /** What a careless or hostile host makes of the built site before it serves it. Default: nothing. */
  readonly served?: (site: Site) => Site;
}

/** A POST to the vault from Node, which does not resolve `*.localhost`: loopback address, configured Host. */
export function post(
  port: number,
  path: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<{ readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, unknown>> }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { host: `vault.localhost:${String(port)}`, 'content-type': 'application/json', ...headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            headers: incoming.headers,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The page that most tests drive: the script-tag build of the bridge, a few mount points, and a session endpoint. */
export const BENCH = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><meta name="color-scheme" content="light dark">
<style>body{font-family:sans-serif;max-width:560px;margin:20px auto;padding:0 10px}</style></head>
<body><form id="form"><button id="before" type="button">before</button><div id="card"></div><div id="number"></div><div id="expiry"></div><div id="cvc"></div><div id="name"></div>
<button id="after" type="button">after</button></form>
<div id="reveal"></div><script src="/cloister.js"></script><script src="/bench.js"></script></body></html>`;

const benchScript = (elements: string): string => `
window.sessionAt = (path) => async (need) => {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(need) });
  if (!response.ok) throw new Error('no session');
  return response.text();
};
window.makeClient = (options = {}) =>
  Cloister.createCloister({ elements: ${JSON.stringify(elements)}, session: sessionAt('/session'), ...options });
`;

function serveBench(world: Pick<World, 'hosts' | 'elements' | 'shop' | 'mint'>, bridge: string): void {
  const { hosts } = world;
  hosts.serve('/bench', { body: BENCH });
  hosts.serve('/cloister.js', { type: 'text/javascript', body: bridge });
  hosts.serve('/bench.js', { type: 'text/javascript', body: benchScript(world.elements) });
  hosts.serve('/session', {
    type: 'text/plain',
    handle: async (_, body) => {
      const need = JSON.parse(body) as { jkt: string; purpose: string; collection?: string; tokens?: string[] };
      const grant =
        need.purpose === 'collect'
          ? { purpose: 'collect', collection: need.collection, origin: world.shop, uses: 1, minutes: 5 }
          : { purpose: 'reveal', tokens: need.tokens, origin: world.shop, redaction: 'plain', uses: 1, minutes: 5 };
      const answer = await world.mint({ thumbprint: need.jkt, grant });
      if (answer.status !== 201) return answer;
      return { status: 200, body: (JSON.parse(answer.body) as { token: string }).token };
    },
  });
}

function configOf(ports: readonly number[], options: WorldOptions): CloisterConfig {
  const [shop, elements, vault] = ports.map(String);
  const parsed = parseConfig({
    hosts: (options.hosts ?? ['shop']).map((name) => `http://${name}.localhost:${shop ?? ''}`),
    elements: `http://elements.localhost:${elements ?? ''}`,
    vault: `http://vault.localhost:${vault ?? ''}`,
    adapter: options.adapter ?? 'cloister',
    copy: options.copy ?? true,
    collections: options.collections ?? COLLECTIONS,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.config;
}

/** Starts everything on free ports, with a vault in a folder of its own. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const ports = await freePorts(3);
  const [shopPort = 0, elementsPort = 0, vaultPort = 0] = ports;
  const config = configOf(ports, options);
  const data = await mkdtemp(join(tmpdir(), 'cloister-test-'));
  const log: Readonly<Record<string, unknown>>[] = [];
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const vault = await openVault({
    config,
    data,
    now,
    log: (event) => log.push(event),
    // Tests look at each refusal's row, and make many within a minute.
    limits: { refusalRows: 10_000, ...options.limits },
  });
  await vault.listen({ host: '127.0.0.1', port: vaultPort });
  const { credential } = await vault.credentials.create({ name: 'test-shop', days: 1 });
  const site = await buildSite(config);
  const elementsServer: Server = createServer(siteHandler(options.served?.(site) ?? site));
  await new Promise<void>((resolve) => elementsServer.listen(elementsPort, '127.0.0.1', resolve));
  const hosts = new HostServer(shopPort);
  await hosts.listen();
  const world: World = {
    config,
    site,
    vault,
    credential,
    hosts,
    shop: hosts.origin('shop'),
    elements: config.elements,
    vaultUrl: config.vault,
    vaultPort,
    data,
    log,
    mint: (request) =>
      post(vaultPort, '/v1/sessions', {
        headers: { authorization: `Bearer ${credential}` },
        body: JSON.stringify(request),
      }),
    advance: (ms) => {
      ahead += ms;
    },
    now,
    close: async () => {
      await hosts.close();
      elementsServer.closeAllConnections();
      await new Promise((resolve) => elementsServer.close(resolve));
      await vault.close();
      await rm(data, { recursive: true, force: true });
    },
  };
  serveBench(world, await readFile(BRIDGE, 'utf8'));
  return world;
}
