import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { SlowLink } from './slow-link.js';

/** A server of one origin, behind the link that all share. */
export interface SiteServer {
  readonly http: Server;
  close(): Promise<void>;
}

/** Listens on a port of the loopback address. */
export async function listenBehind(link: SlowLink, port: number, handler: RequestListener): Promise<SiteServer> {
  // Longer than any pause of a run, so that "warm" means a connection that still stands.
  const http = createHttpServer({ keepAliveTimeout: 60_000 }, handler);
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    http.emit('connection', link.through(socket));
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, '127.0.0.1', resolve);
  });
  return {
    http,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        tcp.close(() => {
          resolve();
        });
      });
    },
  };
}
