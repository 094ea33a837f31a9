import type { FrameConfig } from '../connection/frame-config.js';

/** The part of Trusted Types (W3C) that is used here; not every browser has it, and its types are not in the DOM library. */
export interface MarkupPolicy {
  readonly createHTML: (markup: string) => string;
  readonly createScriptURL: (url: string) => string;
}

interface PolicyFactory {
  readonly createPolicy: (name: string, rules: MarkupPolicy) => MarkupPolicy;
}

const hasFactory = (scope: object): scope is { readonly trustedTypes: PolicyFactory } => 'trustedTypes' in scope;

/**
 * The one policy that the document's `trusted-types` directive allows. Its markup function is handed to the sanitiser and
 * to nothing else; its script function lets exactly one address through.
 */
export function createMarkupPolicy(config: FrameConfig): MarkupPolicy {
  const rules: MarkupPolicy = {
    createHTML: (markup) => markup,
    createScriptURL: (url) => {
      if (url !== config.purify.src) throw new TypeError('not a script of this build');
      return url;
    },
  };
  const scope: object = globalThis;
  return hasFactory(scope) ? scope.trustedTypes.createPolicy('cloister', rules) : rules;
}
