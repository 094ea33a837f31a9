import type { FrameRole } from '@cloister/protocol';
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
  /** Asks the elements origin about this page; frames that fail together share one answer. */
  diagnose(): Promise<Finding>;
  /** Takes out of the page what still asks. */
  close(): void;
}

export function createFrameHost(elements: string, timeout: number): FrameHost {
  const inbox = openInbox(elements);
  let asking: Diagnosing | null = null;
  const addresses = new Map<FrameRole, string>();
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
