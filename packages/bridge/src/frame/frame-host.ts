import type { FrameRole } from '@cloister/protocol';
import { after } from '../listen.js';
import { diagnose, type Diagnosing, type Finding } from './diagnose.js';
import { openInbox, type Inbox } from './inbox.js';

/** What all frames of one client share. */
export interface FrameHost {
  /** Exact origin of the frames. */
  readonly elements: string;
  /** Milliseconds in which a frame must be ready, or answer a call. */
  readonly timeout: number;
  readonly inbox: Inbox;
  /** The build that was met first. */
  build: string | undefined;
  /**
   * Where a document of that role is: the same for all of a role, so that it is loaded once; of the build that was met, where
   * one was. `exact` gives up what was asked for before in favour of that build.
   */
  address(role: FrameRole, exact?: boolean): string;
  /** Counts a frame among those that start, until it is ready or failed. */
  starts(ready: Promise<unknown>): void;
  /** Resolves when no frame starts, and the page has had its turn: what is not needed yet shall not delay what is. */
  quiet(): Promise<void>;
  /** Asks the elements origin about this page; frames that fail together share one answer. */
  diagnose(): Promise<Finding>;
  /** Takes out of the page what still asks. */
  close(): void;
}

export function createFrameHost(elements: string, timeout: number): FrameHost {
  const inbox = openInbox(elements);
  let asking: Diagnosing | null = null;
  const addresses = new Map<FrameRole, string>();
  const starting = new Set<Promise<unknown>>();
  const host: FrameHost = {
    elements,
    timeout,
    inbox,
    build: undefined,
    address: (role, exact = false) => {
      const known = exact ? undefined : addresses.get(role);
      const folder = host.build === undefined ? '' : `b/${host.build}/`;
      const address = known ?? `${elements}/${folder}${role}.html`;
      addresses.set(role, address);
      return address;
    },
    starts: (ready) => {
      starting.add(ready);
      const over = (): void => {
        starting.delete(ready);
      };
      ready.then(over, over);
    },
    quiet: async () => {
      do {
        await Promise.allSettled(starting);
        await new Promise((resolve) => after(0, () => resolve(undefined)));
      } while (starting.size > 0);
    },
    diagnose: async () => {
      asking ??= diagnose(elements, inbox);
      const finding = await asking.finding;
      asking = null;
      return finding;
    },
    close: () => asking?.stop(),
  };
  return host;
}
