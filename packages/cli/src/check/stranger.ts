import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK } from '../net/loopback.js';

/** A server of somebody else's, on this machine: whatever reaches it got out of the page. */
export interface Stranger {
  /** An address of its own for each attempt; `mark` is found again in `reached`. */
  readonly address: (mark: string) => string;
  readonly reached: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

const markOf = ({ url = '' }: IncomingMessage): string => url.slice(1).split(/[/?]/u)[0] ?? '';

/** As a script it says that it ran; whatever else asks for it learns nothing. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  });
  response.end(`globalThis[${JSON.stringify(markOf(request).replaceAll(/[^\w-]/gu, ''))}] = true;`);
}

/** Starts it. `*.localhost` is this machine (RFC 6761 §6.3), is another site than any page, and is no mixed content for a page by `https:`. */
export async function startStranger(): Promise<Stranger> {
  const reached = new Set<string>();
  const server = createServer((request, response) => {
    reached.add(markOf(request));
    request.resume();
    answer(request, response);
  });
  server.on('upgrade', (request: IncomingMessage, socket) => {
    reached.add(markOf(request));
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: (mark) => `http://drill.localhost:${String(port)}/${mark}`,
    reached,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
