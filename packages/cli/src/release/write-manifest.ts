import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { releaseManifest, type Site } from '@cloister/elements';
import { CliFailure } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { installedBridge, versionOf } from './bridge-script.js';
import { keyId, readPrivateKey, signatureOf } from './signature.js';
import { SIGNATURE_ENDING } from './trusted-manifest.js';

/** Beside `headers.json`; neither belongs to the files that are served. */
const MANIFEST = 'release-manifest.json';
/** For machines that are given secrets as environment variables: the key itself, not its file. */
const KEY_VARIABLE = 'CLOISTER_RELEASE_KEY';

/** How to release a built site. */
export interface ReleaseOptions {
  readonly folder: string;
  readonly elements: string;
  readonly serial: number;
  /** File with the private key; without it the environment is asked. */
  readonly keyFile: string | undefined;
}

/**
 * Writes the manifest of a site, signed when there is a key.
 *
 * @returns the name of the public key that verifies it, or `undefined` when it is not signed.
 */
export async function writeManifest(
  site: Site,
  { folder, elements, serial, keyFile }: ReleaseOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  const pem = keyFile === undefined ? terminal.env[KEY_VARIABLE] : await readKeyFile(resolve(terminal.cwd, keyFile));
  const key = pem === undefined || pem === '' ? undefined : readPrivateKey(pem);
  const bridge = await installedBridge(terminal.cwd);
  const text = releaseManifest(site, { version: await ownVersion(), elements, serial, bridge });
  const file = join(folder, MANIFEST);
  await writeFile(file, text);
  // A signature of an earlier build would look as if this one were signed.
  await rm(file + SIGNATURE_ENDING, { force: true });
  if (key === undefined) return undefined;
  await writeFile(file + SIGNATURE_ENDING, signatureOf(text, key));
  return keyId(key);
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CliFailure('key', `${file} cannot be read`);
  }
}

/** The version of this package, which is the one of the frames that it is published with. */
async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return versionOf(manifest);
}
