import { decode, sessionResponse, VAULT_ROUTES, type SessionRequest } from '@cloister/protocol';
import type { VaultAccess } from '../services.js';

/** Asks the vault for a session. @returns its token, or `undefined` when the vault refused or could not be reached. */
export async function mintSession(vault: VaultAccess, request: SessionRequest): Promise<string | undefined> {
  try {
    const response = await fetch(vault.url + VAULT_ROUTES.sessions, {
      method: 'POST',
      headers: { authorization: `Bearer ${vault.credential}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    const session = response.ok ? decode(sessionResponse, await response.json()) : undefined;
    return session?.ok === true ? session.value.token : undefined;
  } catch {
    return undefined;
  }
}
