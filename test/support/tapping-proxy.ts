import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the network saw it, whoever in the browser made it. */
export interface Tapped {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A proxy that notes what passes. */
export interface Tap {
  /** For `browser.newContext({ proxy: { server } })`. */
  readonly server: string;
  readonly seen: readonly Tapped[];
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
};

/** Passes a request on to this machine; nothing else is behind the proxy. */
function pass(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { hostname, port, pathname, search } = new URL(request.url ?? '');
  if (!hostname.endsWith('.localhost')) {
    response.writeHead(502).end();
    return;
  }
  const { method = 'GET', headers } = request;
  const outgoing = forward({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.writeHead(502).end());
  outgoing.end(body);
}

/**
 * Starts a proxy on a free port. Playwright sends even `*.localhost` through it, so it sees more than events of a page can
 * tell: reports, icons, preloads, beacons of documents that are gone.
 */
export async function startTap(): Promise<Tap> {
  const seen: Tapped[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers, body: body.toString('utf8') });
      pass(request, body, response);
    });
  });
  server.on('connect', ({ url }, socket) => {
    seen.push({ method: 'CONNECT', url: `https://${url ?? ''}/`, headers: {}, body: '' });
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${String(port)}`,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
    },
  };
}
