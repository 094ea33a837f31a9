import { insist } from '../errors.js';
import { ATTRIBUTES, placeFrame } from './create-frame.js';

/** Marks a frame that the page's own markup holds, until the bridge takes it. `formMarkup` writes it. */
export const MARK = 'data-cloister';

/**
 * Takes the frame that the page's own markup placed into `parent` for this role, if there is one.
 *
 * Security: what stands there is met as any other frame is: by its window, the exact origin, version, role and build. The
 * markup decides when it loads and what is first drawn, and nothing else.
 *
 * @throws TypeError when it is not the frame that `formMarkup` writes for this elements origin.
 */
export function adoptFrame(parent: Element, address: string, title: string): HTMLIFrameElement | null {
  const iframe = parent.querySelector<HTMLIFrameElement>(`iframe[${MARK}]`);
  if (iframe === null) return null;
  const [document] = iframe.src.split('#');
  insist(document === address, `the frame in the markup is not ${address}`);
  for (const [name, value] of Object.entries(ATTRIBUTES))
    insist(iframe.getAttribute(name) === value, `the frame in the markup has no ${name}="${value}"`);
  iframe.removeAttribute(MARK);
  placeFrame(iframe, title);
  return iframe;
}
