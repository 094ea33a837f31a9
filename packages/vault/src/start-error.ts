const MESSAGES = {
  'key-missing': 'The data folder holds a database but no kek.key: restore the key file that belongs to it.',
  'key-mismatch': 'The key in kek.key is not the one this database was made with: restore the right key file.',
  'key-readable':
    'kek.key can be read by group or others: run `chmod 0400 kek.key`, and rotate it if others had access.',
  'key-malformed': 'kek.key does not hold a key: restore it from its backup.',
  'schema-newer': 'The database was written by a newer version of the vault: update the vault.',
  'schema-changed':
    'The database was written by another line of versions (or one from before a release): use the version that wrote it, or begin with an empty data folder.',
  locked: 'Another process has this database open: one vault per data folder.',
} as const satisfies Readonly<Record<string, string>>;

/** Why a vault does not open. */
export type VaultStartCode = keyof typeof MESSAGES;

/** Thrown by `openVault`; `code` is from a closed list and the message says what to do. Carries no key and no path. */
export class VaultStartError extends Error {
  override readonly name = 'VaultStartError';
  readonly code: VaultStartCode;

  constructor(code: VaultStartCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}
