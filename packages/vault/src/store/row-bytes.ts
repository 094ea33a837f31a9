import { lengthPrefixed, uuidToBytes } from '../crypto/bytes.js';
import type { StoredCredential, StoredSession } from './store.js';

/*
 * What the MACs of rows are taken over: every column, under a key that is not in the database. Values need none, for
 * their envelopes carry their places.
 */

export const credentialBytes = ({
  id,
  tenant,
  account,
  verifier,
  createdAt,
  expiresAt,
}: StoredCredential): Uint8Array =>
  lengthPrefixed([uuidToBytes(id), uuidToBytes(tenant), account, verifier, String(createdAt), String(expiresAt)]);

export const sessionBytes = (session: StoredSession): Uint8Array =>
  lengthPrefixed([
    uuidToBytes(session.id),
    uuidToBytes(session.tenant),
    session.tokenHash,
    session.thumbprint,
    session.account,
    uuidToBytes(session.credential),
    session.grant,
    String(session.usesLeft),
    String(session.expiresAt),
  ]);
