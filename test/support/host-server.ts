import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A page, script or endpoint that a test serves from a host page's origin. */
export interface HostRoute {
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly handle?: (
    request: IncomingMessage,
    body: string,
  ) => Promise<{ readonly status: number; readonly body: string }>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * One server for every page that is not ours: `shop.localhost` (listed), `evil.localhost`, `ads.localhost`, … all reach
 * it, and the browser treats each as a site of its own.
 */
export class HostServer {
  readonly #routes = new Map<string, HostRoute>();
  readonly #server: Server;
  readonly port: number;

  constructor(port: number) {
    this.port = port;
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Serves a route under every host name; answers its path. */
  serve(path: string, route: HostRoute): string {
    this.#routes.set(path, route);
    return path;
  }

  origin(host: string): string {
    return `http://${host}.localhost:${String(this.port)}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/'] = (request.url ?? '/').split('?');
    const route = this.#routes.get(path);
    const text = await readBody(request);
    if (route === undefined) {
      response.writeHead(404).end();
      return;
    }
    const answer =
      route.handle === undefined ? { status: 200, body: route.body ?? '' } : await route.handle(request, text);
    response.writeHead(answer.status, { 'Content-Type': route.type ?? 'text/html; charset=utf-8', ...route.headers });
    response.end(answer.body);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) =>
      this.#server.close(() => {
        resolve();
      }),
    );
  }
}
