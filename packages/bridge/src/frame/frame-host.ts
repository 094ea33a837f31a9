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
  /** Asks the elements origin about this page; frames that fail together share one answer. */
  diagnose(): Promise<Finding>;
  /** Takes out of the page what still asks. */
  close(): void;
}

export function createFrameHost(elements: string, timeout: number): FrameHost {
  const inbox = openInbox(elements);
  let asking: Diagnosing | null = null;
  return {
    elements,
    timeout,
    inbox,
    build: undefined,
    diagnose: async () => {
      asking ??= diagnose(elements, inbox);
      const finding = await asking.finding;
      asking = null;
      return finding;
    },
    close: () => asking?.stop(),
  };
}
