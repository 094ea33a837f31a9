import { decode, type PortLike, type Schema } from '@cloister/protocol';

/** One end of the channel between the coordinator and a frame: typed, decoded, and never in the page's hands. */
export interface PrivatePort<Out, In> {
  readonly send: (message: Out) => void;
  /** Messages that came before the first listener are kept for it by the browser (HTML §9.4.3, port message queue). */
  readonly on: (listener: (message: In) => void) => () => void;
  readonly close: () => void;
}

/** The port itself, and how what arrives on it is read. */
export interface PrivatePortOptions<In> {
  readonly port: PortLike;
  readonly incoming: Schema<In>;
}

/**
 * Wraps a port that the coordinator made.
 *
 * Security: what does not decode is dropped without an answer; both ends are our own code, so it is only ever a mistake.
 */
export function privatePort<Out, In>({ port, incoming }: PrivatePortOptions<In>): PrivatePort<Out, In> {
  const listeners = new Set<(message: In) => void>();
  const receive = (event: { readonly data: unknown }): void => {
    const message = decode(incoming, event.data);
    if (!message.ok) return;
    for (const listener of [...listeners]) listener(message.value);
  };
  return {
    send: (message) => {
      port.postMessage(message);
    },
    on: (listener) => {
      listeners.add(listener);
      // Only now, and not where the port is made: Node starts a port as soon as it has a listener. Adding twice is harmless.
      port.addEventListener('message', receive);
      port.start();
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      port.removeEventListener('message', receive);
      listeners.clear();
      port.close();
    },
  };
}
