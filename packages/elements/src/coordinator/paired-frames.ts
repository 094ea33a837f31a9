import type { PairedFrame } from '../pairing/accept-pairing.js';
import type { After } from './environment.js';
import { FrameLink, type BrandChanged, type FrameNews } from './frame-link.js';

/** The frames that the coordinator serves, and the one thing that they learn of each other. */
export interface PairedFrames {
  readonly get: (id: string) => FrameLink | undefined;
  /** Takes a frame in; returns how to let it go. */
  readonly accept: (frame: PairedFrame) => () => void;
}

/** The brand of a form's number, and which frame said so. */
interface KnownBrand {
  readonly from: FrameLink;
  readonly message: BrandChanged;
}

/**
 * Keeps the links, and passes the brand of a form's number on to the form's other frames: a security code's length
 * depends on it. A frame that joins later is told; when the frame with the number is gone, so is its brand.
 *
 * A frame says its brand again after it joined, so that a coordinator that was created anew learns it too.
 */
export function pairedFrames(after: After): PairedFrames {
  const links = new Map<string, FrameLink>();
  const brands = new Map<string, KnownBrand>();

  const tellOthers = (from: FrameLink, message: BrandChanged): void => {
    for (const link of links.values()) {
      if (link !== from && link.joined !== undefined && link.joined.form === from.joined?.form) link.tell(message);
    }
  };
  const news: FrameNews = {
    joined: (link) => {
      const known = brands.get(link.joined?.form ?? '');
      if (known !== undefined && known.from !== link) link.tell(known.message);
    },
    brand: (link, message) => {
      if (link.joined === undefined) return;
      brands.set(link.joined.form, { from: link, message });
      tellOthers(link, message);
    },
  };
  const leave = (link: FrameLink): void => {
    link.close();
    if (links.get(link.id) === link) links.delete(link.id);
    const form = link.joined?.form ?? '';
    if (brands.get(form)?.from !== link) return;
    brands.delete(form);
    tellOthers(link, { type: 'brand' });
  };
  return {
    get: (id) => links.get(id),
    accept: (frame) => {
      const link = new FrameLink(frame, after, news);
      links.set(link.id, link);
      return () => {
        leave(link);
      };
    },
  };
}
