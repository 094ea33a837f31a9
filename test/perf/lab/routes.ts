import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync } from 'node:zlib';

/** A file at a path. */
export interface Route {
  readonly type: string;
  readonly body: string;
  /** Whether it may be kept for good. Default: it is asked for again. */
  readonly immutable?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Files of one origin by path, and a handler for whatever is not among them. */
export class Routes {
  readonly #files = new Map<string, Route>();
  readonly #handlers = new Map<string, (body: string) => Promise<string>>();
  #otherwise: RequestListener = (_, response) => {
    response.writeHead(404).end();
  };

  serve(path: string, route: Route): void {
    this.#files.set(path, route);
  }

  /** Answers posts to a path with a text. */
  handle(path: string, handler: (body: string) => Promise<string>): void {
    this.#handlers.set(path, handler);
  }

  /** Who answers what is not listed. */
  otherwise(handler: RequestListener): void {
    this.#otherwise = handler;
  }

  readonly answer: RequestListener = (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const route = this.#files.get(path);
    const handler = this.#handlers.get(path);
    if (handler !== undefined)
      void text(request)
        .then(handler)
        .then((body) => response.end(body));
    else if (route === undefined) this.#otherwise(request, response);
    else send(request, response, route);
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** What was compressed once. */
const compressed = new WeakMap<Route, Buffer>();

function compress(route: Route): Buffer {
  const known = compressed.get(route) ?? brotliCompressSync(route.body);
  compressed.set(route, known);
  return known;
}

/** In brotli, as any shop's server or CDN sends its files. */
function send(request: IncomingMessage, response: ServerResponse, route: Route): void {
  const small = String(request.headers['accept-encoding']).includes('br');
  const body = small ? compress(route) : Buffer.from(route.body);
  response.writeHead(200, {
    'Content-Type': `${route.type}; charset=utf-8`,
    'Content-Length': body.byteLength,
    ...(small && { 'Content-Encoding': 'br' }),
    'Cache-Control': route.immutable === true ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...route.headers,
  });
  response.end(body);
}
