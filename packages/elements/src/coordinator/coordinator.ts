import { CodedError, type coordinatorMethods, type Handlers } from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import type { PairedFrame } from '../pairing/accept-pairing.js';
import type { VaultAdapter } from '../vault/vault-adapter.js';
import type { Environment } from './environment.js';
import { createKey } from './key.js';
import { pairedFrames } from './paired-frames.js';
import { revealHandler } from './reveal.js';
import { submitHandler } from './submit.js';

/** What a coordinator is made of. */
export interface CoordinatorParts {
  readonly config: Pick<FrameConfig, 'collections'>;
  readonly adapter: VaultAdapter;
  readonly environment: Omit<Environment, 'window'>;
  /** The page's origin, as the browser told the frame. */
  readonly hostOrigin: () => Promise<string>;
}

/** The coordinator without its window: what it answers the page, and how frames come to it. */
export interface Coordinator {
  readonly handlers: Handlers<typeof coordinatorMethods>;
  readonly accept: (frame: PairedFrame) => () => void;
}

/**
 * The one frame that may use the network: holds the key, talks to the vault, and moves values between it and the frames.
 * The key is made at once and awaited when it is needed, so that it is ready long before the shopper is.
 */
export function createCoordinator({ config, adapter, environment, hostOrigin }: CoordinatorParts): Coordinator {
  const { collections } = config;
  const { session: wantsSession, reveal: canReveal } = adapter.capabilities;
  const key = createKey(environment.crypto.subtle);
  key.catch(() => undefined); // Told to whoever awaits it; not an unhandled rejection in the page's console.
  const frames = pairedFrames(environment.after);
  const client = adapter.open({ ...environment, collections, key });
  const newKey = (): string => environment.crypto.randomUUID();
  const submit = submitHandler({ collections, frames, vault: client, hostOrigin, newKey });
  const reveal = revealHandler({ frames, reveal: client.reveal, hostOrigin });
  const checkSession = (session: string | undefined): void => {
    if (wantsSession && session === undefined) throw new CodedError('session');
  };
  return {
    accept: frames.accept,
    handlers: {
      prepare: async () => {
        for (const origin of adapter.csp.connectSrc) environment.warm(origin);
        return { thumbprint: (await key).thumbprint, session: wantsSession };
      },
      submit: (params) => {
        checkSession(params.session);
        return submit(params);
      },
      reveal: (params) => {
        checkSession(params.session);
        if (!canReveal) throw new CodedError('forbidden');
        return reveal(params);
      },
    },
  };
}
