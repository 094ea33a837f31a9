import { listen } from '../listen.js';

/** Hears one frame over `window`: used until the frame has its port, and afterwards to notice that it was replaced. */
export interface Inbox {
  /** Calls `listener` with the data of each message from that frame's document, if it is of the elements origin. */
  watch(iframe: HTMLIFrameElement, listener: (data: unknown) => void): () => void;
}

interface Watcher {
  readonly iframe: HTMLIFrameElement;
  readonly listener: (data: unknown) => void;
}

/**
 * The one `message` listener of a client, in place only while somebody watches.
 *
 * Security: source first, then the exact origin (an opaque document says `null`, A05), and only then does anybody look at
 * the data (A01, A03). `elements` must be an exact origin.
 */
export function openInbox(elements: string): Inbox {
  const watchers = new Set<Watcher>();
  let stop: (() => void) | null = null;
  const receive = ({ source, origin, data }: MessageEvent<unknown>): void => {
    // Invariant: a frame that left the document has no window, and a message from nowhere has no source; never equal them.
    if (source === null) return;
    for (const { iframe, listener } of [...watchers]) {
      if (iframe.contentWindow === source && origin === elements) listener(data);
    }
  };
  return {
    watch: (iframe, listener) => {
      const watcher = { iframe, listener };
      watchers.add(watcher);
      stop ??= listen<MessageEvent<unknown>>(window, 'message', receive);
      return () => {
        watchers.delete(watcher);
        if (watchers.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
