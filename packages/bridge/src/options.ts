import { origin, type Appearance } from '@cloister/protocol';
import { wireLook } from './collect/looks.js';
import type { FieldMessages } from './collect/collect-api.js';
import type { SessionCallback } from './coordinator/session.js';
import { demand, insist } from './errors.js';

/** Options of `createCloister`. */
export interface CloisterOptions {
  /** Exact origin that serves the frames, e.g. `https://elements.shop.example`. */
  readonly elements: string;
  /** Asks your backend for a session token. Called for each submit and each show. */
  readonly session: SessionCallback;
  readonly appearance?: Appearance;
  /** BCP 47 tag, or `auto`: the page's `lang`, else the browser's language. Default: `auto`. */
  readonly locale?: string;
  readonly messages?: FieldMessages;
  /** Milliseconds in which a frame must be ready. Default: 15000. */
  readonly timeout?: number;
}

/** @throws TypeError when an option is not right. */
export function checkOptions(options: CloisterOptions): void {
  const { elements, session, timeout = 1 } = options;
  demand(origin, elements, 'elements');
  insist(elements !== location.origin, 'elements is the origin of this page: it needs its own');
  insist(typeof session === 'function', 'session is a function');
  insist(Number.isSafeInteger(timeout) && timeout > 0, 'timeout is a number of milliseconds');
  wireLook(options);
}
