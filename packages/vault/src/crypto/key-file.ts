import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { VaultStartError } from '../start-error.js';
import { fromBase64url } from './bytes.js';
import { KEY_BYTES } from './key-ring.js';

const PREFIX = 'cloister-kek-1:';
const GROUP_AND_OTHERS = 0o077;

function createKey(path: string): void {
  // `wx`: never over an existing key, which would lose every value.
  const file = openSync(path, 'wx', 0o400);
  try {
    writeSync(file, `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}\n`);
    // A key that is not on disk yet must not encrypt anything.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads the key-encryption key of a data folder, making it (mode 0400) when the folder is new.
 *
 * @throws VaultStartError `key-missing`, `key-readable`, `key-malformed`.
 */
export function loadKeyFile(folder: string): Buffer {
  const path = join(folder, 'kek.key');
  if (!existsSync(path)) {
    if (existsSync(join(folder, 'vault.db'))) throw new VaultStartError('key-missing');
    createKey(path);
  }
  const file = openSync(path, 'r');
  try {
    if ((fstatSync(file).mode & GROUP_AND_OTHERS) !== 0) throw new VaultStartError('key-readable');
    const text = readFileSync(file, 'utf8').trim();
    const key = text.startsWith(PREFIX) ? fromBase64url(text.slice(PREFIX.length)) : undefined;
    if (key?.length !== KEY_BYTES) throw new VaultStartError('key-malformed');
    return key;
  } finally {
    closeSync(file);
  }
}
