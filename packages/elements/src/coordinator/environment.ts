import type { PairingWindow } from '../pairing/accept-pairing.js';
import type { VaultContext } from '../vault/vault-adapter.js';

/** Runs something later; returns how to call it off. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** All that the coordinator uses of the platform. */
export interface Environment extends Pick<VaultContext, 'crypto' | 'fetch' | 'now' | 'timeout'> {
  readonly window: PairingWindow;
  readonly after: After;
}

/** The platform of a real document. */
export function browserEnvironment(): Environment {
  return {
    window,
    crypto,
    fetch: (url, request) => fetch(url, request),
    now: () => Date.now(),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
