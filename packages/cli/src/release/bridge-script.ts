import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BridgeScript } from '@cloister/elements';

/**
 * The script tag's file of the bridge that is installed where the command runs, so that one manifest covers both ends.
 *
 * @returns `undefined` when none is installed there.
 */
export async function installedBridge(cwd: string): Promise<BridgeScript | undefined> {
  try {
    const file = createRequire(join(cwd, 'here.js')).resolve('@cloister/bridge/cloister.js');
    const manifest: unknown = JSON.parse(await readFile(join(dirname(file), '..', 'package.json'), 'utf8'));
    return { version: versionOf(manifest), body: await readFile(file) };
  } catch {
    return undefined;
  }
}

/** The version that a package.json states. */
export function versionOf(manifest: unknown): string {
  const stated = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return typeof stated === 'string' && stated !== '' ? stated : 'unknown';
}
