import { connect, type Message } from 'penpal';
import { PortMessenger, tokenBucket, type Reply, type WireFunction, type WireMethods } from '@cloister/protocol';
import { after, listen } from '../listen.js';

/** Messages of one frame that are handled at once, and each second after that; a broken frame cannot freeze the page. */
const BURST = 400;
const PER_SECOND = 200;

/** penpal over a port. */
export interface Wire {
  readonly remote: Promise<WireMethods>;
  close(): void;
}

/** `gone` is called when the browser says that the other document is no more. */
export function openWire(port: MessagePort, methods: WireMethods, gone: () => void): Wire {
  const messenger = new PortMessenger<Message>(
    port,
    tokenBucket(BURST, PER_SECOND, () => performance.now()),
  );
  const connection = connect<Record<string, WireFunction>>({ messenger, methods });
  // HTML §9.4.4 `close`: sent when the other port's document is gone. Browsers without it notice by the next hello.
  const stop = listen<Event>(port, 'close', gone);
  return {
    remote: connection.promise,
    close: () => {
      stop();
      connection.destroy();
    },
  };
}

/** The same methods, each of which answers `timeout` itself when the other end stays silent. */
export function withPatience(remote: WireMethods, names: readonly string[], milliseconds: number): WireMethods {
  const late: Reply = { ok: false, code: 'timeout' };
  const bounded =
    (name: string): WireFunction =>
    (...args) =>
      new Promise((resolve, reject) => {
        const stop = after(milliseconds, () => {
          resolve(late);
        });
        const settle =
          (done: (value: unknown) => void) =>
          (value: unknown): void => {
            stop();
            done(value);
          };
        const wire = remote[name];
        if (wire === undefined) settle(reject)(undefined);
        else wire(...args).then(settle(resolve), settle(reject));
      });
  return Object.fromEntries(names.map((name) => [name, bounded(name)]));
}
