import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** A file of the repository that a test makes. With `UPDATE_VECTORS` set it is written; otherwise the test compares. */
export interface KeptFile {
  readonly kept: string;
  readonly made: string;
}

/** @param path - from the root of the repository. */
export async function keptFile(path: string, text: string): Promise<KeptFile> {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const made = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (process.env['UPDATE_VECTORS'] !== undefined) await writeFile(file, made);
  return { made, kept: await readFile(file, 'utf8').catch(() => '') };
}
