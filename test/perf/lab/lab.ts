import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../support/free-ports.js';
import type { Adapter, AdapterPage, Purpose } from '../adapter.js';
import type { FieldKind } from '../product.js';
import { hostPage } from './host-page.js';
import { Routes } from './routes.js';
import { listenBehind } from './site-server.js';
import { SlowLink } from './slow-link.js';
import { stubVault } from './stub-vault.js';
import { Traffic } from './traffic.js';

/** Exact origins, each a site of its own, so that each has a process of its own. */
export interface Origins {
  readonly shop: string;
  readonly elements: string;
  /** The stub. */
  readonly vault: string;
  /** Free for an adapter that starts a server itself, as for a real vault. */
  readonly spare: string;
}

/** Servers on three cross-site origins that floors and products share. */
export interface Lab {
  readonly origins: Origins;
  /** Files of the page's origin and of the frames' origin. */
  readonly shop: Routes;
  readonly elements: Routes;
  readonly link: SlowLink;
  readonly traffic: Traffic;
  /** Whether products talk to a real vault instead of the stub. */
  readonly realVault: boolean;
  /** A folder that is removed at the end. */
  readonly folder: string;
  /** What is to be stopped at the end. */
  readonly onClose: (stop: () => Promise<unknown>) => void;
  close(): Promise<void>;
}

const originOf = (name: string, port: number | undefined): string => `http://${name}.localhost:${String(port)}`;

export async function openLab({ realVault }: { readonly realVault: boolean }): Promise<Lab> {
  const [shopPort = 0, elementsPort = 0, vaultPort = 0, sparePort = 0] = await freePorts(4);
  const link = new SlowLink();
  const traffic = new Traffic();
  const [shop, elements] = [new Routes(), new Routes()];
  const servers = await Promise.all([
    listenBehind(link, shopPort, shop.answer),
    listenBehind(link, elementsPort, elements.answer),
    listenBehind(link, vaultPort, stubVault),
  ]);
  for (const [index, name] of ['shop', 'elements', 'vault'].entries()) {
    const server = servers[index];
    if (server !== undefined) traffic.watch(name, server.http);
  }
  const folder = await mkdtemp(join(tmpdir(), 'cloister-bench-'));
  const stops: (() => Promise<unknown>)[] = servers.map((server) => server.close);
  return {
    origins: {
      shop: originOf('shop', shopPort),
      elements: originOf('elements', elementsPort),
      vault: originOf('vault', vaultPort),
      spare: originOf('vault', sparePort),
    },
    shop,
    elements,
    link,
    traffic,
    realVault,
    folder,
    onClose: (stop) => stops.push(stop),
    close: async () => {
      for (const stop of stops.reverse()) await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An adapter that is being served: where its pages are. */
export interface Served {
  readonly name: string;
  /** The address of a page for so many fields; `at: 'once'` mounts them as soon as its script runs. */
  readonly address: (purpose: Purpose, at?: 'once' | 'values') => string;
}

const KINDS: readonly FieldKind[] = ['card', 'text'];
/** As many as any scenario mounts. */
const COUNTS = [1, 4, 16, 40, 64] as const;

/** Serves an adapter's files and its pages. */
export async function serveAdapter(lab: Lab, adapter: Adapter): Promise<Served> {
  const page: AdapterPage = await adapter.serve(lab);
  const path = ({ count, kind }: Purpose): string => `/${adapter.name}/${kind}-${String(count)}`;
  for (const kind of KINDS)
    for (const count of COUNTS)
      lab.shop.serve(path({ count, kind }), { type: 'text/html', body: hostPage(page, { count, kind }) });
  return {
    name: adapter.name,
    address: (purpose, at) => `${lab.origins.shop}${path(purpose)}${at === undefined ? '' : `#${at}`}`,
  };
}
