import type { CollectOptions } from './collect/collect-api.js';
import type { Coordinator } from './coordinator/coordinator.js';
import type { SessionCallback } from './coordinator/session.js';
import type { FrameHost } from './frame/frame-host.js';

/** What the forms and views of one client share. */
export interface Client {
  readonly host: FrameHost;
  readonly coordinator: Coordinator;
  readonly session: SessionCallback;
  /** Looks and words where a form or view has none of its own. */
  readonly look: CollectOptions;
}
