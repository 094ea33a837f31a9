import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('../../docs/security/upstream/', import.meta.url));

/** Names of what was found elsewhere; a folder each. */
export const REPORTS: readonly string[] = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** What the report says that its reproduction prints. */
export async function reported(name: string): Promise<string> {
  const [, rest = ''] = (await readFile(`${FOLDER}${name}/README.md`, 'utf8')).split('```text\n');
  return rest.split('```', 1).join();
}

/** What it prints, with the browser that `programs` names. */
export async function printed(name: string, programs: Readonly<Record<string, string | undefined>>): Promise<string> {
  const env = { ...process.env, ...programs };
  const { stdout } = await promisify(execFile)(process.execPath, [`${FOLDER}${name}/reproduce.mjs`], { env });
  return stdout;
}
