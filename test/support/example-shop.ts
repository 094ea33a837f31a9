import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from './start-process.js';

/** The example shop, open on free ports. */
export interface ExampleShop {
  readonly urls: { readonly shop: string; readonly elements: string; readonly vault: string };
  /** What the shop said about its work, so far. */
  readonly noted: readonly string[];
  readonly close: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../examples/shop/dist/server/main.js', import.meta.url));

interface ExampleOptions {
  readonly coep?: boolean;
  /** The port that another server asks, which has this origin for the shop. */
  readonly behind?: { readonly origin: string; readonly port: number };
}

/** Opens the shop as `npm start` does, with data that is thrown away. */
export async function openExampleShop({ coep = false, behind }: ExampleOptions = {}): Promise<ExampleShop> {
  const data = await mkdtemp(join(tmpdir(), 'cloister-shop-'));
  const shop = await startProcess([
    ...[MAIN, '--port', String(behind?.port ?? 0), '--json', '--data', data],
    ...(coep ? ['--coep'] : []),
    ...(behind === undefined ? [] : ['--behind', behind.origin]),
  ]);
  return {
    urls: JSON.parse(shop.line) as ExampleShop['urls'],
    noted: shop.noted,
    close: async () => {
      await shop.stop();
      await rm(data, { recursive: true });
    },
  };
}
