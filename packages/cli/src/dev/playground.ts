import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CloisterConfig } from '@cloister/protocol';
import { reportsAddress } from '../services.js';
import { playgroundPage, playgroundScript, PLAYGROUND_STYLE } from './playground-files.js';

/** What the playground answers, by path. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

/**
 * A page with a first secure form, for a developer who has none yet. It uses the script-tag build of the bridge that is
 * installed in the project; without one it says how to get it.
 *
 * @param folder the project's folder.
 */
export async function playgroundFiles(config: CloisterConfig, folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const bridge = await bridgeScript(folder);
  const files = new Map<string, PageFile>([
    ['/', { type: 'text/html', body: playgroundPage(bridge !== undefined) }],
    ['/play.css', { type: 'text/css', body: PLAYGROUND_STYLE }],
  ]);
  if (bridge !== undefined) {
    files.set('/cloister.js', { type: 'text/javascript', body: bridge });
    files.set('/play.js', { type: 'text/javascript', body: playgroundScript(config) });
  }
  return files;
}

/** The policy of the playground: also an example of how little a page with Cloister needs. */
export function playgroundPolicy(config: CloisterConfig): string {
  const reports = reportsAddress(config);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `frame-src ${config.elements}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    ...(reports === undefined ? [] : [`report-uri ${reports}`]),
  ].join('; ');
}

async function bridgeScript(folder: string): Promise<string | undefined> {
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    try {
      return await readFile(createRequire(from).resolve('@cloister/bridge/cloister.js'), 'utf8');
    } catch {
      // Not installed there; the next place, or the instructions.
    }
  }
  return undefined;
}
