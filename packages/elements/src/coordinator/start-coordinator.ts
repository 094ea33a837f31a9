import { coordinatorHostMethods, coordinatorMethods } from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import { startFrame } from '../connection/start-frame.js';
import { acceptPairing } from '../pairing/accept-pairing.js';
import type { VaultAdapter } from '../vault/vault-adapter.js';
import { createCoordinator } from './coordinator.js';
import { browserEnvironment } from './environment.js';

/**
 * Starts the coordinator's document. Frames are answered once the page was: a document that failed its self-check is never
 * connected, and so pairs with nobody (R9).
 *
 * @returns the teardown.
 */
export function startCoordinator(config: FrameConfig, adapter: VaultAdapter): () => void {
  const environment = browserEnvironment();
  const hostOrigin = async (): Promise<string> => (await frame.connected).hostOrigin;
  const coordinator = createCoordinator({ config, adapter, environment, hostOrigin });
  const frame = startFrame({
    config,
    role: 'coordinator',
    hostMethods: coordinatorHostMethods,
    frameMethods: coordinatorMethods,
    create: () => coordinator,
  });
  const teardown = [frame.destroy];
  void frame.connected.then(() => {
    const { window } = environment;
    const { accept } = coordinator;
    teardown.push(acceptPairing({ window, coordinator: frame.id, origin: config.elements, accept }));
  });
  return () => {
    for (const stop of teardown.splice(0)) stop();
  };
}
