import { isWireSafe, WIRE_LIMITS } from './limits.js';

/** The part of a `MessagePort` that the messenger uses; declared here so that the contract needs no DOM library. */
export interface PortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message' | 'messageerror', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** What penpal hands to a messenger when a connection starts. `Message` stays opaque: penpal checks its own envelopes. */
interface InitializeOptions<Message> {
  readonly validateReceivedMessage: (data: unknown) => data is Message;
}

/**
 * A penpal `Messenger` over one port that was handed over in the `welcome`.
 *
 * What the stock messengers allow and this one does not: a handshake over `window` that a foreign origin can disturb
 * (A12), a silent reconnect to another document (A13: a port is one document's for life), calls over `window` after the
 * handshake (A17), transferables, and messages that are too large, too deep, too many or not JSON-like (A44, A45).
 */
export class PortMessenger<Message> {
  readonly #port: PortLike;
  readonly #handlers = new Set<(message: Message) => void>();
  readonly #budget: MessageBudget;
  #accept: ((data: unknown) => data is Message) | null = null;

  constructor(port: PortLike, budget: MessageBudget) {
    this.#port = port;
    this.#budget = budget;
  }

  readonly initialize = ({ validateReceivedMessage }: InitializeOptions<Message>): void => {
    this.#accept = validateReceivedMessage;
    this.#port.addEventListener('message', this.#receive);
    this.#port.start();
  };

  readonly sendMessage = (message: Message, transferables?: readonly unknown[]): void => {
    if (transferables !== undefined && transferables.length > 0) throw new TypeError('transferables are not allowed');
    this.#port.postMessage(message);
  };

  readonly addMessageHandler = (handler: (message: Message) => void): void => {
    this.#handlers.add(handler);
  };

  readonly removeMessageHandler = (handler: (message: Message) => void): void => {
    this.#handlers.delete(handler);
  };

  readonly destroy = (): void => {
    this.#port.removeEventListener('message', this.#receive);
    this.#port.close();
    this.#handlers.clear();
    this.#accept = null;
  };

  readonly #receive = ({ data }: { readonly data: unknown }): void => {
    if (this.#accept === null || !this.#budget.spend()) return;
    if (!isWireSafe(data, WIRE_LIMITS) || !this.#accept(data)) return;
    for (const handler of [...this.#handlers]) handler(data);
  };
}

/** How many messages may still be handled. */
export interface MessageBudget {
  /** Takes one; `false` when there is none left and the message must be dropped. */
  spend(): boolean;
}

/**
 * A token bucket: bursts of `burst` messages, refilled with `perSecond`. `now` is a clock in milliseconds.
 * Excess messages are dropped unread, so a flood costs the frame nothing but the browser's own delivery (A44).
 */
export function tokenBucket(burst: number, perSecond: number, now: () => number): MessageBudget {
  let left = burst;
  let last = now();
  return {
    spend: () => {
      const time = now();
      left = Math.min(burst, left + ((time - last) * perSecond) / 1000);
      last = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
