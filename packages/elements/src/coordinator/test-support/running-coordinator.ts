import type { Collected } from '@cloister/protocol';
import { cloisterAdapter } from '../../vault/cloister/cloister-adapter.js';
import { shopConfig } from '../../vault/test-support/shop-config.js';
import { VerifyingVault } from '../../vault/test-support/verifying-vault.js';
import type { VaultAdapter } from '../../vault/vault-adapter.js';
import { createCoordinator, type Coordinator } from '../coordinator.js';
import { FakeFrame } from './fake-frame.js';

export const FORM = 'form'.padEnd(22, '-');
const NOW = 1_900_000_000_000;

/** A coordinator with everything around it that is not a browser. */
export interface Running {
  readonly coordinator: Coordinator;
  readonly vault: VerifyingVault;
  /** Origins to which a connection was opened ahead, in order. */
  readonly warmed: readonly string[];
  /** A paired frame that has joined the form with these fields and values. */
  readonly collectFrame: (values: Readonly<Record<string, string>>, form?: string) => FakeFrame;
  readonly revealFrame: () => FakeFrame;
  readonly leave: (frame: FakeFrame) => void;
  readonly session: () => Promise<string>;
  /** Submits the form of these frames with a new session. */
  readonly submit: (frames: readonly FakeFrame[]) => Promise<Collected>;
  readonly destroy: () => void;
}

export interface RunningOptions {
  readonly adapter?: VaultAdapter;
  /** Milliseconds that stand for the three seconds of a frame's patience. */
  readonly patience?: number;
}

/** Starts one. */
export function runCoordinator({ adapter, patience = 200 }: RunningOptions = {}): Running {
  const config = shopConfig();
  const vault = new VerifyingVault(config, () => NOW);
  const warmed: string[] = [];
  const coordinator = createCoordinator({
    config,
    adapter: adapter ?? cloisterAdapter(config.vault),
    environment: {
      crypto,
      fetch: vault.fetch,
      warm: (origin) => {
        warmed.push(origin);
      },
      now: () => NOW,
      timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
      after: (_, run) => {
        const timer = setTimeout(run, patience);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    hostOrigin: () => Promise.resolve('https://shop.example'),
  });
  const frames = new Map<FakeFrame, () => void>();
  const paired = (role: 'collect' | 'reveal'): FakeFrame => {
    const frame = new FakeFrame(`${role}-${String(frames.size)}`.padEnd(22, '-'), role);
    frames.set(frame, coordinator.accept(frame.paired));
    return frame;
  };
  const session = async (): Promise<string> => vault.mint((await coordinator.handlers.prepare({})).thumbprint);
  return {
    coordinator,
    vault,
    warmed,
    session,
    collectFrame: (values, form = FORM) => {
      const frame = paired('collect');
      frame.behaviour.values = values;
      frame.join(form, 'cards', Object.keys(values));
      return frame;
    },
    revealFrame: () => paired('reveal'),
    leave: (frame) => frames.get(frame)?.(),
    submit: async (members) => {
      // A turn of the event loop, so that the frames' `joined` has arrived, as it has in a browser long before a submit.
      await new Promise((resolve) => setTimeout(resolve, 5));
      const { created } = await coordinator.handlers.submit({
        form: FORM,
        collection: 'cards',
        frames: members.map(({ id }) => id),
        session: await session(),
      });
      return created;
    },
    destroy: () => {
      for (const [frame, leave] of frames) {
        leave();
        frame.close();
      }
    },
  };
}
