import { CodedError, decode } from '@cloister/protocol';
import { deferred } from '../connection/deferred.js';
import { listen } from '../connection/listen.js';
import { pairAnswer, type PairRequest } from './messages.js';

const TIMEOUT = 5000;

/**
 * Asks the frames beside this one for the coordinator of the given id, and resolves with the port that it makes
 * (steps 2 and 4 of `messages.ts`).
 *
 * Security: the request goes to our own origin only and holds nothing but two ids. The answer must come from our own
 * origin, from a window with the same parent, and carry exactly one port; the page cannot send one (A09).
 *
 * @throws CodedError `unpaired` when no coordinator answers within five seconds.
 */
export function requestPairing(request: Omit<PairRequest, 'cloister'>): Promise<MessagePort> {
  const { promise, resolve, reject } = deferred<MessagePort>();
  const stop = listen(window, 'message', (event) => {
    if (event.origin !== window.origin || !isBeside(event.source)) return;
    const answer = decode(pairAnswer, event.data);
    const [port, ...others] = event.ports;
    if (!answer.ok || port === undefined || others.length > 0) return;
    if (answer.value.coordinator !== request.coordinator || answer.value.frame !== request.frame) return;
    resolve(port);
  });
  const timer = setTimeout(() => {
    reject(new CodedError('unpaired'));
  }, TIMEOUT);
  for (const sibling of framesOf(window.parent)) {
    if (isWindow(sibling) && sibling !== window) {
      sibling.postMessage({ cloister: 'pair', ...request } satisfies PairRequest, window.origin);
    }
  }
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

/** The frames of a page of another origin: it can be counted and indexed, and nothing else (HTML §7.2.1.3). */
const framesOf = (page: Window): readonly unknown[] => Array.from({ length: page.length }, (_, index) => page[index]);

/** `WindowProxy` of another origin answers to nothing but a few names, `postMessage` and `parent` among them. */
function isWindow(value: unknown): value is Window {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

function isBeside(source: MessageEventSource | null): boolean {
  return isWindow(source) && source !== window && source.parent === window.parent;
}
