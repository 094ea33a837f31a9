import { insist } from './errors.js';

/** Where something is mounted: a CSS selector or an element of this document. */
export type Target = string | Element;

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/**
 * @throws TypeError when there is no such element in the document: a frame that is not in a document never loads.
 */
export function resolveTarget(target: Target): Element {
  const element = typeof target === 'string' ? find(target) : target;
  insist(element instanceof Element && element.isConnected, 'the target is not in the document');
  return element;
}
