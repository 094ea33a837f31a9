import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { CliFailure } from '../failure.js';
import { LOOPBACK } from './loopback.js';

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A running server. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Serves HTTP. @throws CliFailure `port` when the port is taken or may not be used. */
export async function listen(handler: RequestListener, address: Address): Promise<Listening> {
  // Slow clients are cut off (A86); Node's own defaults are five times as long.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, handler);
  await bind(server, address);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : address.port,
    close: () => closeServer(server),
  };
}

/** Turns what the system says about a port into words; anything else is passed on. */
export function portFailure(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new CliFailure('port', `port ${String(port)} is taken; choose another with --port N`);
  if (code === 'EACCES')
    return new CliFailure('port', `port ${String(port)} needs more rights; choose one above 1023 with --port N`);
  return error;
}

function bind(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(portFailure(error, port));
    });
    server.listen({ host, port }, () => {
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/**
 * Ports that are free now, for tests and for port 0: origins stand in the configuration, so they must be known before
 * anything listens.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createSocketServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, LOOPBACK, () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
