import { listen } from '../listen.js';

/** CSP3 §6.3: a frame falls back from `frame-src` to `child-src` to `default-src`. */
const DIRECTIVES: readonly string[] = ['frame-src', 'child-src', 'default-src'];

/** Calls `blocked` when the page's own policy keeps frames of this origin out. Report-only policies keep nothing out. */
export function watchPolicy(elements: string, blocked: () => void): () => void {
  return listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (event) => {
    const { blockedURI, effectiveDirective, disposition } = event;
    if (disposition === 'report' || !DIRECTIVES.includes(effectiveDirective)) return;
    // Some browsers give the whole address, others only its origin.
    if (blockedURI === elements || blockedURI.startsWith(`${elements}/`)) blocked();
  });
}
