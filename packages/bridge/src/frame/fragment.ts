import type { CollectDrawing } from '@cloister/protocol';

/**
 * What a frame is to draw, as the fragment of its address: it can draw it before anybody speaks to it (ADR 14). The same drawing
 * has the same fragment, whoever writes it, so a frame that drew what is wanted is known by its address.
 */
export function fragmentOf(drawing: CollectDrawing): string {
  const { collection, layout, texts, messages, appearance, locale, direction } = drawing;
  const ordered = { collection, layout, texts, messages, appearance, locale, direction };
  return `#${encodeURIComponent(JSON.stringify(ordered))}`;
}
