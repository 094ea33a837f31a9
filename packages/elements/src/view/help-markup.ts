import { CodedError } from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import { listen } from '../connection/listen.js';
import { SANITISER, type Sanitise } from './sanitiser.js';
import { createMarkupPolicy, type MarkupPolicy } from './trusted-types.js';

/** Turns markup from the page into harmless nodes. */
export type HelpMarkup = (markup: string) => Promise<DocumentFragment>;

const isSanitise = (value: unknown): value is Sanitise => typeof value === 'function';

function loadSanitiser(config: FrameConfig, policy: MarkupPolicy): Promise<Sanitise> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.integrity = config.purify.integrity;
    script.crossOrigin = 'anonymous';
    listen(script, 'error', () => {
      reject(new CodedError('internal'));
    });
    listen(script, 'load', () => {
      const sanitise: unknown = Reflect.get(globalThis, SANITISER);
      // Fails closed where the sanitiser does not support the browser (A39).
      if (isSanitise(sanitise)) resolve(sanitise);
      else reject(new CodedError('unsupported'));
    });
    script.src = policy.createScriptURL(config.purify.src);
    document.head.append(script);
  });
}

/** The sanitiser is a script of its own, fetched only when some help text holds markup, and then once. */
export function helpMarkup(config: FrameConfig): HelpMarkup {
  let ready: Promise<{ readonly sanitise: Sanitise; readonly policy: MarkupPolicy }> | undefined;
  const load = async (): Promise<{ readonly sanitise: Sanitise; readonly policy: MarkupPolicy }> => {
    const policy = createMarkupPolicy(config);
    return { policy, sanitise: await loadSanitiser(config, policy) };
  };
  return async (markup) => {
    ready ??= load();
    const { sanitise, policy } = await ready;
    return sanitise(markup, policy);
  };
}
