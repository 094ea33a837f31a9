/** Why this exists: browsers are looked for in several places, and a path counts only when it can be started. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {readonly string[]} names @returns {string[]} where programs of these names would lie, in this order. */
export function inSystem(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
