import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseConfig, type CloisterConfig, type ConfigIssue } from '@cloister/protocol';
import { CliFailure } from '../failure.js';
import { CONFIG_NAMES } from './config-file.js';

/** A configuration and the file that it came from. */
export interface LoadedConfig {
  readonly file: string;
  readonly config: CloisterConfig;
}

/**
 * Reads and checks `cloister.config`.
 *
 * @param place the file, or a folder that holds `cloister.config.json`, `.ts`, `.mts` or `.mjs`.
 * @returns the configuration with its defaults filled in.
 * @throws CliFailure `config`: not found, not readable, or every issue with its path and the way to mend it.
 *
 * Security: `.ts` and `.mjs` files are run as code, as a build tool's configuration is; `.json` is only read.
 */
export async function loadConfigFile(place: string): Promise<LoadedConfig> {
  const file = await findConfigFile(resolve(place));
  const parsed = parseConfig(file.endsWith('.json') ? await readJson(file) : await importDefault(file));
  if (!parsed.ok) throw new CliFailure('config', describeIssues(file, parsed.issues));
  return { file, config: parsed.config };
}

/** Every issue on a line: where, what, and how to mend it. */
export function describeIssues(file: string, issues: readonly ConfigIssue[]): string {
  const lines = issues.map(({ path, problem, fix }) => `  ${path}: ${problem}. ${fix}`);
  return [`${file} is not right:`, ...lines].join('\n');
}

/** The configuration file of a folder, if there is one. */
export async function configFileIn(folder: string): Promise<string | undefined> {
  for (const name of CONFIG_NAMES) {
    if ((await kindOf(join(folder, name))) === 'file') return join(folder, name);
  }
  return undefined;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

async function findConfigFile(place: string): Promise<string> {
  const kind = await kindOf(place);
  if (kind === 'file') return place;
  const found = kind === 'folder' ? await configFileIn(place) : undefined;
  if (found !== undefined) return found;
  throw new CliFailure(
    'config',
    kind === 'folder'
      ? `no ${CONFIG_NAMES.join(', ')} in ${place}; make one with: cloister init`
      : `${place} does not exist; make one with: cloister init`,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    // The parser's own words name line and column; a configuration holds no secret.
    throw new CliFailure('config', `${file} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

async function importDefault(file: string): Promise<unknown> {
  // Node strips types by itself since 22.18 (https://nodejs.org/api/typescript.html).
  if (!file.endsWith('.mjs') && process.features.typescript === false)
    throw new CliFailure(
      'config',
      `Node ${process.versions.node} cannot read ${file}: use Node 22.18 or newer, or cloister.config.json or .mjs`,
    );
  let module: unknown;
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(file).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it threw';
    throw new CliFailure('config', `${file} does not load: ${reason}`);
  }
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default;
  throw new CliFailure('config', `${file} has no default export; write: export default { hosts: [ … ], … }`);
}
