import { connect, type Message } from 'penpal';
import { admitAll, PortMessenger, type Reply, type WireFunction, type WireMethods } from '@cloister/protocol';
import { deferred } from '../deferred.js';
import { after } from '../listen.js';

/** penpal over a port. */
export interface Wire {
  readonly remote: Promise<WireMethods>;
  /** Asks the other document for a sign of life, and calls `gone` when there is none. */
  check(): void;
  close(): void;
}

/** How long a document may take to give a sign of life, in milliseconds. */
const SIGN_OF_LIFE = 2500;
const LATE: Reply = { ok: false, code: 'timeout' };

/** A living document answers a call even of a method that it does not have: with a code. */
async function isSilent(remote: WireMethods): Promise<boolean> {
  return (await withPatience(() => Promise.resolve(remote), ['alive'], SIGN_OF_LIFE)['alive']?.()) === LATE;
}

/** `gone` is called when the other document gives no sign of life. */
export function openWire(port: MessagePort, methods: WireMethods, gone: () => void): Wire {
  // What comes from a frame is our own code's; penpal checks the envelope, and the contract every result.
  const messenger = new PortMessenger<Message>(port, admitAll);
  const connection = connect<Record<string, WireFunction>>({ messenger, methods });
  return {
    remote: connection.promise,
    check: () => {
      connection.promise.then(isSilent).then(
        (silent) => {
          if (silent) gone();
        },
        // Closed meanwhile.
        () => undefined,
      );
    },
    close: () => {
      connection.destroy();
    },
  };
}

/** The methods of the other end, each of which answers `timeout` itself when that end stays silent. */
export function withPatience(
  remote: () => Promise<WireMethods>,
  names: readonly string[],
  milliseconds: number,
): WireMethods {
  const bounded =
    (name: string): WireFunction =>
    async (...args) => {
      const { promise, resolve } = deferred<Reply>();
      const stop = after(milliseconds, () => {
        resolve(LATE);
      });
      try {
        return await Promise.race([remote().then((methods) => methods[name]?.(...args)), promise]);
      } finally {
        stop();
      }
    };
  return Object.fromEntries(names.map((name) => [name, bounded(name)]));
}
