import { randomBytes, randomUUID } from 'node:crypto';
import { hasFormat } from '@cloister/protocol';
import { base64url, fromBase64url, sha256 } from '../crypto/bytes.js';
import type { CredentialInfo, VaultCredentials } from '../options.js';
import type { StoredCredential } from '../store/store.js';
import { DAY } from '../time/clock.js';
import { TENANT, type Core } from './core.js';
import { Refusal } from './refusal.js';

/** Prefix of service credentials, for secret scanners. */
export const CREDENTIAL_PREFIX = 'clsk_';
const SECRET_BYTES = 32;
const CHECK_BYTES = 3;
const MAX_DAYS = 365;

const checkOf = (secret: Uint8Array): Buffer => sha256(CREDENTIAL_PREFIX, secret).subarray(0, CHECK_BYTES);

/** `clsk_` and the base64url of 32 random bytes and 3 check bytes. */
const formatCredential = (secret: Uint8Array): string =>
  `${CREDENTIAL_PREFIX}${base64url(Buffer.concat([secret, checkOf(secret)]))}`;

/** The hash that a credential is found by; `undefined` for what is not a credential at all (a typing mistake, a scan). */
export function verifierOf(text: string): Buffer | undefined {
  if (!text.startsWith(CREDENTIAL_PREFIX) || text.length > 64) return undefined;
  const bytes = fromBase64url(text.slice(CREDENTIAL_PREFIX.length));
  if (bytes?.length !== SECRET_BYTES + CHECK_BYTES) return undefined;
  const secret = bytes.subarray(0, SECRET_BYTES);
  return checkOf(secret).equals(bytes.subarray(SECRET_BYTES)) ? sha256(secret) : undefined;
}

/** What its owner is told about a credential that was made; `credential` itself only this once. */
export interface NewCredential {
  readonly id: string;
  readonly credential: string;
  readonly expires: string;
}

/** A name and a life time of 1 to 365 days: no credential lasts for ever. */
export interface ServiceAccount {
  readonly name: string;
  readonly days: number;
}

const isName = (name: string): boolean =>
  name.length >= 1 && name.length <= 40 && Array.from(name).every((character) => /^[\w.-]$/u.test(character));

/**
 * Makes a credential for a backend and returns it once; only its hash is kept.
 *
 * @throws TypeError when the name is not 1-40 letters, digits, `.`, `_` or `-`, or the days are not 1-365.
 */
async function createCredential(core: Core, { name, days }: ServiceAccount): Promise<NewCredential> {
  if (!isName(name)) throw new TypeError('a service account has a name of 1-40 letters, digits, ., _ or -');
  if (!Number.isSafeInteger(days) || days < 1 || days > MAX_DAYS)
    throw new TypeError('a service credential lasts 1 to 365 days');
  const secret = randomBytes(SECRET_BYTES);
  const at = core.now();
  const expiresAt = at + days * DAY;
  const id = randomUUID();
  await core.store.addCredential(
    { id, tenant: TENANT, account: name, verifier: sha256(secret), createdAt: at, expiresAt },
    { at, request: randomUUID(), operation: 'credential.create', account: name, credential: id },
  );
  return { id, credential: formatCredential(secret), expires: new Date(expiresAt).toISOString() };
}

/**
 * The account that a credential belongs to.
 *
 * @throws Refusal `unauthorized`, the same for malformed, unknown, revoked, expired and planted credentials.
 */
export async function authenticateService(core: Core, text: string): Promise<StoredCredential> {
  const verifier = verifierOf(text);
  const found = verifier === undefined ? undefined : await core.store.credential(verifier);
  if (found === 'tampered') throw new Refusal('unauthorized', 'tampered');
  if (found === undefined || found.expiresAt <= core.now()) throw new Refusal('unauthorized', 'credential');
  return found;
}

async function listCredentials(core: Core): Promise<readonly CredentialInfo[]> {
  const all = await core.store.credentials(TENANT);
  return all.map(({ id, account, createdAt, expiresAt }) => ({
    id,
    name: account,
    created: new Date(createdAt).toISOString(),
    expires: new Date(expiresAt).toISOString(),
  }));
}

async function revokeCredential(core: Core, id: string): Promise<number | undefined> {
  if (!hasFormat(id, 'uuid')) return undefined;
  const audit = { at: core.now(), request: randomUUID(), operation: 'credential.revoke', credential: id } as const;
  return core.store.revokeCredential(TENANT, id, audit);
}

/** The operator's hand on credentials. */
export const credentialsOf = (core: Core): VaultCredentials => ({
  create: (account) => createCredential(core, account),
  list: () => listCredentials(core),
  revoke: (id) => revokeCredential(core, id),
});
