import type { Reply } from './methods.js';
import type { Admit, Unread } from './wire-guard.js';

/** The part of a `MessagePort` that the messenger uses; declared here so that the contract needs no DOM library. */
export interface PortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: Unread) => void): void;
  removeEventListener(type: 'message' | 'messageerror', listener: (event: Unread) => void): void;
  start(): void;
  close(): void;
}

/** What penpal hands to a messenger when a connection starts. `Message` stays opaque: penpal checks its own envelopes. */
interface InitializeOptions<Message> {
  readonly validateReceivedMessage: (data: unknown) => data is Message;
}

const UNANSWERABLE: Reply = { ok: false, code: 'message' };

/**
 * Our methods answer failures with codes and never throw, so an error reply is penpal's own: a call of a method that is not
 * there. It would carry a text, and a stack with the other end's addresses (A15); a code is sent in its place.
 */
const withoutStack = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'isError' in message && message.isError === true
    ? { ...message, isError: false, isSerializedErrorInstance: false, value: UNANSWERABLE }
    : message;

const typeOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;

/** What may come over the wire. penpal's handshake may not: see `sendMessage`. */
const TRAFFIC: readonly unknown[] = ['CALL', 'REPLY', 'DESTROY'];

/** penpal looks at an envelope's name and type only; it throws at one whose parts are missing, which is no message (A45). */
async function attempt(handle: () => unknown): Promise<void> {
  try {
    await handle();
  } catch {
    // Dropped, like everything that is not in the contract.
  }
}

/**
 * A penpal `Messenger` over one port that was handed over in the `welcome`.
 *
 * What the stock messengers allow and this one does not: a handshake over `window` that a foreign origin can disturb
 * (A12), a silent reconnect to another document (A13: a port is one document's for life), calls over `window` after the
 * handshake (A17), transferables, and messages that are too large, too deep, too many or not JSON-like (A44, A45).
 *
 * The port came with the `welcome`, and nobody else has its other end: whoever speaks over it was met already. So penpal's
 * own handshake, three messages one after the other before the first call, is not sent; it is answered here at once.
 */
export class PortMessenger<Message> {
  readonly #port: PortLike;
  readonly #handlers = new Set<(message: Message) => unknown>();
  readonly #admit: Admit;
  #accept: ((data: unknown) => data is Message) | null = null;

  /** `admit` sees every message first; a frame, whose page may be hostile, passes `wireGuard`, the bridge `admitAll`. */
  constructor(port: PortLike, admit: Admit) {
    this.#port = port;
    this.#admit = admit;
  }

  readonly initialize = ({ validateReceivedMessage }: InitializeOptions<Message>): void => {
    this.#accept = validateReceivedMessage;
    this.#port.addEventListener('message', this.#receive);
    this.#port.start();
  };

  readonly sendMessage = (message: Message, transferables?: readonly unknown[]): void => {
    if (transferables !== undefined && transferables.length > 0) throw new TypeError('transferables are not allowed');
    if (typeOf(message) === 'SYN') this.#pass({ ...message, type: 'ACK2' });
    else this.#port.postMessage(withoutStack(message));
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

  readonly #receive = (message: Unread): void => {
    this.#admit(message, (data) => {
      if (TRAFFIC.includes(typeOf(data))) this.#pass(data);
    });
  };

  readonly #pass = (data: unknown): void => {
    if (this.#accept?.(data) !== true) return;
    for (const handler of [...this.#handlers]) void attempt(() => handler(data));
  };
}
