import type { Refusal } from '@cloister/protocol';
import type { FrameConfig } from './frame-config.js';

/** What the check looks at; the browser's own objects in a frame, plain values in a test. */
export interface FrameSurroundings {
  readonly origin: string;
  readonly framed: boolean;
  readonly secure: boolean;
  readonly subtle: boolean;
  /** Origins of all ancestors, nearest first; empty where the browser does not tell. */
  readonly ancestors: readonly string[];
}

/** Reads the surroundings of this document. */
export function surroundings(): FrameSurroundings {
  return {
    origin: window.origin,
    framed: window.parent !== window,
    secure: window.isSecureContext,
    subtle: typeof crypto !== 'undefined' && 'subtle' in crypto,
    ancestors: 'ancestorOrigins' in location ? Array.from(location.ancestorOrigins) : [],
  };
}

/**
 * Fails closed (security R9): a frame whose origin is opaque or not ours, that stands in a page which is not listed,
 * without a secure context or without WebCrypto, accepts no input. Its policy needs no check: the document brings it (ADR 15).
 *
 * @returns the code to refuse with, or `null` when all is well.
 */
export function selfCheck(config: FrameConfig, around: FrameSurroundings): Refusal['code'] | null {
  if (around.origin !== config.elements || !around.framed) return 'unsupported';
  if (!around.secure || !around.subtle) return 'unsupported';
  return around.ancestors.every((origin) => config.hosts.includes(origin)) ? null : 'origin';
}
