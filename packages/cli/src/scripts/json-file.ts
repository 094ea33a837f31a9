import { readFile } from 'node:fs/promises';
import { CliFailure } from '../failure.js';

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new CliFailure('config', `${file} cannot be read`);
  }
}

/**
 * What a JSON file says; `undefined` where there is no such file.
 *
 * @throws CliFailure `config` when it is there and is not JSON.
 */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new CliFailure('config', `${file} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}
