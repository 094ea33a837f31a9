import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from './world.js';

/** A request as the vault's own end of the connection saw it. */
export interface Arrival {
  readonly line: string;
  readonly socket: Socket;
}

/** The vault's end: connections as they were opened, and the requests of browsers that came over them. */
export interface VaultSockets {
  readonly opened: readonly Socket[];
  readonly arrivals: readonly Arrival[];
  stop(): void;
}

/** Watches connections from now on; requests of backends, which tests make themselves, are left out. */
export function watchSockets({ vault }: World): VaultSockets {
  const opened: Socket[] = [];
  const arrivals: Arrival[] = [];
  const { server } = vault.app;
  const open = (socket: Socket): void => void opened.push(socket);
  const arrive = ({ method = '', url = '', socket }: IncomingMessage): void => {
    if (!url.startsWith('/v1/sessions')) arrivals.push({ line: `${method} ${url}`, socket });
  };
  server.on('connection', open);
  server.on('request', arrive);
  return {
    opened,
    arrivals,
    stop: () => {
      server.off('connection', open);
      server.off('request', arrive);
    },
  };
}
