import type { PairingWindow } from '../pairing/accept-pairing.js';
import type { VaultContext } from '../vault/vault-adapter.js';

/** Runs something later; returns how to call it off. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** All that the coordinator uses of the platform. */
export interface Environment extends Pick<VaultContext, 'crypto' | 'fetch' | 'now' | 'timeout'> {
  readonly window: PairingWindow;
  readonly after: After;
  /** Opens a connection to an origin, if there is none, for requests without credentials. */
  readonly warm: (origin: string) => void;
}

/** Fetch takes a connection that was opened ahead only if that was without credentials, too: hence `crossOrigin`. */
function preconnect(origin: string): void {
  const link = Object.assign(document.createElement('link'), { rel: 'preconnect', crossOrigin: '', href: origin });
  document.head.append(link);
  link.remove();
}

/** The platform of a real document. */
export function browserEnvironment(): Environment {
  return {
    window,
    crypto,
    fetch: (url, request) => fetch(url, request),
    now: () => Date.now(),
    warm: preconnect,
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
