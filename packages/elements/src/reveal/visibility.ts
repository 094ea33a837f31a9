import { listen } from '../connection/listen.js';

/** Whether people can see this frame, as far as a frame can know. */
export interface Visibility {
  readonly visible: () => boolean;
  readonly destroy: () => void;
}

/**
 * Watches page visibility and the frame's place on screen, and says when it is lost: values hide then (A49, A58).
 * What a frame cannot know (masks, look-alikes drawn over it) is written in the threat model.
 */
export function watchVisibility(content: Element, lost: () => void): Visibility {
  let onScreen = true;
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? onScreen;
    if (!onScreen) lost();
  });
  observer.observe(content);
  const stops = [
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') lost();
    }),
    listen(window, 'pagehide', lost),
  ];
  return {
    visible: () => onScreen && document.visibilityState === 'visible',
    destroy: () => {
      observer.disconnect();
      for (const stop of stops) stop();
    },
  };
}
