import { listen } from '../listen.js';

/** CSP3 §6.3: a frame falls back from `frame-src` to `child-src` to `default-src`. */
const DIRECTIVES: readonly string[] = ['frame-src', 'child-src', 'default-src'];

/**
 * `frame-src` as it should read: what this policy lets frames come from now, and the elements origin. Added to the policy, or in place of the
 * one that it has, it takes nothing from the page's other frames. Words that are no places (a nonce, say) mean nothing there.
 */
export function frameDirective(policy: string, elements: string): string {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/u));
  const [[, ...words] = []] = DIRECTIVES.flatMap((name) =>
    directives.filter(([word = '']) => word.toLowerCase() === name),
  );
  return ['frame-src', ...words.filter((word) => !/^'(?!self')/iu.test(word)), elements].join(' ');
}

/** Calls `blocked` when the page's own policy keeps frames of this origin out, with the directive to have. Report-only policies keep nothing out. */
export function watchPolicy(elements: string, blocked: (directive: string) => void): () => void {
  return listen<SecurityPolicyViolationEvent>(document, 'securitypolicyviolation', (event) => {
    const { blockedURI, effectiveDirective, disposition, originalPolicy } = event;
    if (disposition === 'report' || !DIRECTIVES.includes(effectiveDirective)) return;
    // Some browsers give the whole address, others only its origin.
    if (`${blockedURI}/`.startsWith(`${elements}/`)) blocked(frameDirective(originalPolicy, elements));
  });
}
