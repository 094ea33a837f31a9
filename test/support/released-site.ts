import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '@cloister/cli';

/** What a command of ours answered. */
export interface Ran {
  readonly code: number;
  readonly printed: readonly string[];
  readonly noted: readonly string[];
}

const CONFIG = {
  hosts: ['https://shop.example'],
  elements: 'https://elements.shop.example',
  vault: 'https://vault.shop.example',
  collections: { cards: { number: { type: 'card-number' }, cvc: { type: 'card-cvc' } } },
};

/** Key pairs in PEM files, as `openssl genpkey` makes them. */
const PAIRS: Readonly<Record<string, () => { publicKey: KeyObject; privateKey: KeyObject }>> = {
  operator: () => generateKeyPairSync('ed25519'),
  p256: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  stranger: () => generateKeyPairSync('ed25519'),
};

/** A folder in which a merchant builds, signs and verifies releases of an elements origin. */
export class ReleaseFolder {
  readonly path: string;
  readonly env: Record<string, string> = {};

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<ReleaseFolder> {
    const folder = new ReleaseFolder(await mkdtemp(join(tmpdir(), 'cloister-release-')));
    await folder.configure({});
    for (const [name, make] of Object.entries(PAIRS)) {
      const { publicKey, privateKey } = make();
      await folder.write(`${name}.pem`, privateKey.export({ format: 'pem', type: 'pkcs8' }));
      await folder.write(`${name}.pub`, publicKey.export({ format: 'pem', type: 'spki' }));
    }
    return folder;
  }

  configure(change: Readonly<Record<string, unknown>>): Promise<void> {
    return this.write('cloister.config.json', JSON.stringify({ ...CONFIG, ...change }));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(join(this.path, name, '..'), { recursive: true });
    await writeFile(join(this.path, name), content);
  }

  /** Runs `cloister` with a command line of this folder. */
  async cloister(...words: readonly string[]): Promise<Ran> {
    const printed: string[] = [];
    const noted: string[] = [];
    const { signal } = new AbortController();
    const code = await main(words, {
      cwd: this.path,
      env: this.env,
      print: (line) => void printed.push(line),
      note: (line) => void noted.push(line),
      stop: signal,
    });
    return { code, printed, noted };
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** Serves on loopback for as long as `use` runs. */
export async function whileServing<T>(handler: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
