import type { Emission } from '@cloister/csp';

/** Where a server stands and what it is told. */
export interface FrontOptions {
  readonly port: number;
  /** Port of what it stands before. */
  readonly upstream: number;
  readonly emission: Emission;
}

/** A server that runs. */
export interface Front {
  stop(): Promise<void>;
}

/** A kind of server. */
export interface FrontKind {
  /** The emitter's id. */
  readonly id: string;
  /** Why it cannot run here; `undefined` where it can. */
  readonly missing: string | undefined;
  /** Starts it with what was emitted; resolves when it answers. @throws Error with what its own checker said against the text. */
  start(options: FrontOptions): Promise<Front>;
}
