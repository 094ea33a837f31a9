import { resolve } from 'node:path';
import { openVault, VaultStartError, type Vault } from '@cloister/vault';
import { loadConfigFile } from './config/load-config-file.js';
import { CliFailure } from './failure.js';

/** Names a key file in another place than the data folder, for every command that opens a vault. */
const KEY_FILE = 'CLOISTER_KEY_FILE';

/** The `keyFile` option, when the environment names one. */
export function keyFileOf(environment: Readonly<Record<string, string | undefined>>): { readonly keyFile?: string } {
  const path = environment[KEY_FILE];
  return path === undefined || path === '' ? {} : { keyFile: resolve(path) };
}

/** A data folder and the configuration that belongs to it. */
export interface VaultFolder {
  readonly config: string;
  readonly data: string;
}

/**
 * Works on the vault of a folder while nobody else has it open, without serving it.
 *
 * @throws CliFailure `folder` when it does not open, a running vault included.
 */
export async function withVault<T>({ config, data }: VaultFolder, work: (vault: Vault) => Promise<T>): Promise<T> {
  const loaded = await loadConfigFile(config);
  const vault = await openVault({ config: loaded.config, data, ...keyFileOf(process.env) }).catch((error: unknown) => {
    throw error instanceof VaultStartError ? new CliFailure('folder', error.message) : error;
  });
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}
