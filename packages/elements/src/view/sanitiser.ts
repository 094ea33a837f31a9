import type { MarkupPolicy } from './trusted-types.js';

/** Where the sanitiser's script leaves its function for the frame that asked for it. */
export const SANITISER = Symbol.for('cloister.sanitise');

/** Markup to nodes: a few inline elements, no attributes, no links. */
export type Sanitise = (markup: string, policy: MarkupPolicy) => DocumentFragment;
