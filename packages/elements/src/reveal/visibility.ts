import { listen } from '../connection/listen.js';

/** IntersectionObserver v2 (https://w3c.github.io/IntersectionObserver/v2/), which TypeScript's DOM does not have yet. */
interface TrackedInit extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  readonly delay: number;
}
interface TrackedEntry extends IntersectionObserverEntry {
  /** Not there in an engine of version 1. */
  readonly isVisible?: boolean;
}

/** Shares of a place at which we hear of it; between two of them nothing changes for us. */
const STEPS = [0, 0.5, 0.95];

/**
 * Watches what people see of places in this frame, and tells each its share, from 0 to 1. It is 0 when the document is
 * hidden, left or printed, and, where the browser can tell, while anything covers, fades, filters or transforms the
 * place (A47, A49). What a frame cannot know (masks) is written in docs/security/reveal.md.
 *
 * Security: fails closed. What a browser calls visible is; what it calls not visible may be by its caution only, and is
 * treated as covered. 100 ms is the least delay that browsers take.
 */
export function watchVisibility(places: ReadonlyMap<Element, (share: number) => void>): () => void {
  const options: TrackedInit = { threshold: STEPS, trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver((entries: readonly TrackedEntry[]) => {
    for (const { target, intersectionRatio, isVisible = true } of entries)
      places.get(target)?.(isVisible && !document.hidden ? intersectionRatio : 0);
  }, options);
  const watch = (): void => {
    // Observing anew is the one way to be told again of what did not change.
    observer.disconnect();
    for (const [place, seen] of places) {
      seen(0);
      observer.observe(place);
    }
  };
  watch();
  const stops = [
    listen(document, 'visibilitychange', watch),
    listen(window, 'pagehide', watch),
    listen(window, 'beforeprint', watch),
  ];
  return () => {
    observer.disconnect();
    for (const stop of stops) stop();
  };
}
