/**
 * What a frame is to draw, as the fragment of its address: it can draw it before anybody speaks to it (ADR 14). Empty where it
 * waits for its first call.
 */
export const fragmentOf = (drawing: object | undefined): string =>
  drawing === undefined ? '' : `#${encodeURIComponent(JSON.stringify(drawing))}`;
