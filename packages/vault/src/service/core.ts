import type { CloisterConfig, CollectionConfig } from '@cloister/protocol';
import { uuidToBytes } from '../crypto/bytes.js';
import type { KeyRing } from '../crypto/key-ring.js';
import type { VaultStore } from '../store/store.js';
import type { Clock } from '../time/clock.js';

/** What every part of the service works with. */
export interface Core {
  readonly config: CloisterConfig;
  readonly store: VaultStore;
  readonly keys: KeyRing;
  readonly now: Clock;
}

/** The only tenant there is now; every key and every AAD already names it (A73). */
export const TENANT = '00000000-0000-4000-8000-000000000000';

/** The fields of a collection. Own names only: `toString` is not a collection. */
export function collectionOf(config: CloisterConfig, name: string): CollectionConfig | undefined {
  return Object.hasOwn(config.collections, name) ? config.collections[name] : undefined;
}

/** How a token stands in the audit log: recognisable to who has the token and the key, of no use otherwise. */
export const auditToken = (keys: KeyRing, token: string): string =>
  keys.mac('audit-token', uuidToBytes(token)).subarray(0, 16).toString('base64url');
