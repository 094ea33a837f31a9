const MESSAGES = {
  'key-missing':
    'There is a database but no key file (kek.key beside it, or keyFile): restore the one that belongs to it.',
  'key-mismatch': 'The key file holds another key than the one this database was made with: restore the right one.',
  'key-readable':
    'The key file can be read by group or others: `chmod 0400` it, and treat the key as known if others had access.',
  'key-malformed': 'The key file does not hold a key: restore it from its backup.',
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
