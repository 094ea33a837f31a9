import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A network between browser and servers: a pure delay each way, and one pipe that all answers share. */
export interface Shape {
  /** Milliseconds of one round trip. */
  readonly roundTrip: number;
  /** Bits a second towards the browser. */
  readonly downlink: number;
}

/** TCP's handshake and TLS 1.3's: two round trips before the first request can be on its way. */
const ROUND_TRIPS_TO_CONNECT = 2;

const at = (time: number, act: () => void): void => {
  setTimeout(act, Math.max(0, time - performance.now()));
};

/**
 * Shapes at the servers, not by DevTools: emulation there is per target, and a frame of another site is a target that already
 * loads when it can first be spoken to. What is written here is on time for every document, worker and preflight.
 */
export class SlowLink {
  #shape: Shape | undefined;
  /** When the shared pipe has sent what it was given. */
  #free = 0;

  /** From now on new connections are so, or (`undefined`) as fast as the machine. */
  shape(shape: Shape | undefined): void {
    this.#shape = shape;
  }

  /** What an HTTP server shall be given instead of a socket. */
  through(socket: Socket): Duplex {
    return this.#shape === undefined ? socket : this.#slow(socket, this.#shape);
  }

  #slow(socket: Socket, { roundTrip, downlink }: Shape): Duplex {
    const oneWay = roundTrip / 2;
    const opened = performance.now() + ROUND_TRIPS_TO_CONNECT * roundTrip;
    const slow = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _, done) => {
        const start = Math.max(performance.now(), this.#free);
        this.#free = start + (chunk.byteLength * 8000) / downlink;
        at(this.#free + oneWay, () => socket.write(chunk));
        done();
      },
      final: (done) => {
        at(Math.max(performance.now(), this.#free) + oneWay, () => socket.end());
        done();
      },
      destroy: (error, done) => {
        socket.destroy();
        done(error);
      },
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      at(Math.max(performance.now(), opened) + oneWay, () => {
        if (!slow.destroyed) slow.push(chunk);
      });
    });
    const gone = (): void => {
      slow.destroy();
    };
    socket.on('close', gone).on('error', gone);
    return slow;
  }
}
