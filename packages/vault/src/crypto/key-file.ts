import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
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

/** Where the key lies, and the database that it belongs to. */
export interface KeyPlace {
  readonly keyFile: string;
  readonly database: string;
}

/**
 * Reads the key-encryption key, making it (mode 0400) when there is no database yet.
 *
 * @throws VaultStartError `key-missing`, `key-readable`, `key-malformed`.
 */
export function loadKeyFile({ keyFile, database }: KeyPlace): Buffer {
  if (!existsSync(keyFile)) {
    if (existsSync(database)) throw new VaultStartError('key-missing');
    createKey(keyFile);
  }
  const file = openSync(keyFile, 'r');
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
