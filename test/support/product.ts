import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Elements from '@cloister/elements';
import type * as VaultPackage from '@cloister/vault';

/** A build of the test's own from which one guard was taken (`npm run test:weakened`); nothing in any other run. */
const weakened = process.env['CLOISTER_WEAKENED'];

const from = async (name: string): Promise<unknown> => import(pathToFileURL(`${weakened ?? ''}/${name}/index.js`).href);

/** What is under test: the packages as they were built. */
export const { buildSite, siteHandler } =
  weakened === undefined ? await import('@cloister/elements') : ((await from('elements')) as typeof Elements);
export const { openVault } =
  weakened === undefined ? await import('@cloister/vault') : ((await from('vault')) as typeof VaultPackage);

/** The script-tag build of the bridge. */
export const BRIDGE =
  weakened === undefined
    ? fileURLToPath(new URL('../../packages/bridge/dist/cloister.js', import.meta.url))
    : `${weakened}/bridge/cloister.js`;
