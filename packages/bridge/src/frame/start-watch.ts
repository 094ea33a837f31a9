import { CloisterError } from '@cloister/protocol';
import { after, listen } from '../listen.js';
import { watchPolicy } from './csp-watch.js';
import type { FrameHost } from './frame-host.js';

/** A loaded document that says nothing for this long is not ours (error pages load too), in milliseconds. */
const SILENCE = 2500;

/** Watches a frame that starts. */
export interface StartWatch {
  /** The document has spoken: silence is no longer the question, only time is. */
  greeted(): void;
  stop(): void;
}

/**
 * Finds out why a frame does not start and calls `fail` with the reason: `csp`, `origin`, `blocked` or `timeout`.
 * Must begin before the frame is in the document.
 */
export function watchStart(
  host: FrameHost,
  iframe: HTMLIFrameElement,
  fail: (error: CloisterError) => void,
): StartWatch {
  const { elements } = host;
  let silent = true;
  let stopSilence = (): void => undefined;
  const suspect = async (): Promise<void> => {
    const finding = await host.diagnose();
    if (!silent) return;
    if (finding === 'unlisted') fail(new CloisterError('origin', `add ${location.origin} to hosts`));
    // The origin is there and knows this page: what is gone is the build that the page has met.
    else
      fail(new CloisterError(finding === 'listed' && iframe.src.startsWith(`${elements}/b/`) ? 'version' : 'blocked'));
  };
  const hush = (): void => {
    stopSilence();
    if (silent) stopSilence = after(SILENCE, () => void suspect());
  };
  const stops = [
    watchPolicy(elements, (directive) => {
      fail(new CloisterError('csp', directive));
    }),
    listen<Event>(iframe, 'load', hush),
    // A frame of the page's own markup may have loaded before: at the latest when the page had (HTML §13.2.7).
    listen<Event>(window, 'load', hush),
    after(host.timeout, () => {
      fail(new CloisterError('timeout'));
    }),
  ];
  if (iframe.isConnected && document.readyState === 'complete') hush();
  const greeted = (): void => {
    silent = false;
    stopSilence();
  };
  return {
    greeted,
    stop: () => {
      greeted();
      for (const stop of stops) stop();
    },
  };
}
