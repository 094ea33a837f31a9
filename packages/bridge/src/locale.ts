import { ID } from '@cloister/protocol';

const FALLBACK = 'en';

/** BCP 47 tag for the frames. `auto` is the page's `lang`, else the browser's language. */
export function resolveLocale(wish: string): string {
  const tag = wish === 'auto' ? document.documentElement.lang || navigator.language : wish;
  return tag.length >= 2 && tag.length <= 35 && ID.fits(tag) ? tag : FALLBACK;
}

/** Direction of the text around a place in the page. */
export const directionOf = (place: Element): 'ltr' | 'rtl' =>
  getComputedStyle(place).direction === 'rtl' ? 'rtl' : 'ltr';
