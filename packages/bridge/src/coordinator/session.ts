import { CloisterError, decode, sessionToken } from '@cloister/protocol';
import { after } from '../listen.js';
import { report } from '../report.js';
import type { ReadyCoordinator } from './coordinator.js';

/** What the page's backend is asked to permit. */
export type SessionNeed =
  | {
      readonly purpose: 'collect';
      /** Thumbprint (RFC 7638) of the key that the session must be bound to. */
      readonly jkt: string;
      readonly collection: string;
    }
  | { readonly purpose: 'reveal'; readonly jkt: string; readonly tokens: readonly string[] };

/** Asks the page's backend for a session token. */
export type SessionCallback = (need: SessionNeed) => Promise<string> | string;

async function ask(callback: SessionCallback, need: SessionNeed): Promise<string> {
  let answer: unknown;
  try {
    answer = await callback(need);
  } catch (error) {
    report(error);
    throw new CloisterError('session');
  }
  const decoded = decode(sessionToken, answer);
  if (!decoded.ok) throw new CloisterError('session', `not a session token: ${decoded.problem}`);
  return decoded.value;
}

/**
 * A session for the coordinator's key, or nothing where the coordinator's vault wants none.
 *
 * Security: the page sees a thumbprint and a token bound to that key; alone, neither is of use (rule 3).
 */
export async function openSession(
  { calls, identity: { thumbprint, session } }: ReadyCoordinator,
  callback: SessionCallback,
  need: (jkt: string) => SessionNeed,
): Promise<{ readonly session?: string }> {
  if (!session) return {};
  // A hint that nobody waits for: the connection to the vault opens while the backend decides (ADR 11). A session that is at
  // hand comes sooner, and needs none.
  const stop = after(0, () => {
    calls.prepare({}).catch(() => undefined);
  });
  try {
    return { session: await ask(callback, need(thumbprint)) };
  } finally {
    stop();
  }
}
