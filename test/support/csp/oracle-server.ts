import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createDoor, type AddressInfo, type Server as Door, type Socket } from 'node:net';
import { selfSigned } from './self-signed.js';

/** A page with its headers; a name may have several values, each of which is a header line of its own. */
export interface OraclePage {
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** A violation report, and what was asked for it to be known by. */
export interface Report {
  readonly query: string;
  readonly body: string;
}

/** Runs as a classic script and says so, by the `id` of its element. */
export const LIBRARY = 'through(document.currentScript.id)';

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
  svg: 'image/svg+xml',
};
const BODIES: Readonly<Record<string, string>> = {
  'lib.js': LIBRARY,
  'pic.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'page.html': '<!doctype html>',
  'work.js': 'globalThis.onconnect = ({ ports: [port] }) => port.postMessage(1); globalThis.postMessage?.(1)',
};

/** Where a form goes without leaving its page, and where reports go. */
const EMPTY = new Set(['nothing', 'report']);

/** Which attempt an address is of: `n=17` in its query. */
const attemptOf = (url: URL): number | undefined => {
  const value = url.searchParams.get('n');
  return value === null ? undefined : Number(value);
};

interface Answer extends OraclePage {
  readonly status: number;
}
const COMMON = { 'Access-Control-Allow-Origin': ['*'], 'Cache-Control': ['no-store'] };
const TEXT_HTML = { 'Content-Type': ['text/html; charset=utf-8'] };

/** What stands at a path that is no page: its name says what it is. */
function fileAt(path: string): Answer {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const type = TYPES[file.slice(file.indexOf('.') + 1)] ?? 'text/plain';
  return {
    status: EMPTY.has(file) ? 204 : 200,
    headers: { ...COMMON, 'Content-Type': [`${type}; charset=utf-8`] },
    body: BODIES[file] ?? '',
  };
}

/**
 * Answers everything that pages under test may ask for, in clear and by TLS, and remembers which attempts arrived. `/go?to=…` redirects,
 * `/nothing` has no content, and any other path is answered by the kind of file that its name says.
 */
export class OracleServer {
  readonly #pages = new Map<string, OraclePage>();
  readonly #arrived = new Set<string>();
  readonly #reports: Report[] = [];
  readonly #servers: readonly Server[];
  readonly #door: Door;

  constructor() {
    const listener: RequestListener = (request, response) => {
      void this.#answer(request).then(({ status, headers, body }) => {
        for (const [name, values] of Object.entries(headers)) if (values.length > 0) response.setHeader(name, values);
        response.writeHead(status).end(body);
      });
    };
    this.#door = createDoor((socket) => this.#admit(socket));
    this.#servers = [createServer(listener), createSecureServer(selfSigned(), listener)];
    for (const server of this.#servers)
      server.on('upgrade', (request, socket) => {
        this.#note(new URL(request.url ?? '/', 'http://oracle.test'));
        socket.on('error', () => undefined);
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#door.listen(0, '127.0.0.1', resolve));
  }

  /** What makes every `*.test` mean this machine, whatever the port. */
  resolverRules(): string {
    return `MAP *.test 127.0.0.1:${String((this.#door.address() as AddressInfo).port)}`;
  }

  /** Which of the servers a connection is for: TLS begins with a byte that no method of HTTP begins with (RFC 8446 §5.1). */
  #admit(socket: Socket): void {
    const [clear, secure] = this.#servers;
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      const server = Buffer.from(first)[0] === 0x16 ? secure : clear;
      server?.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  }

  /** Serves a page under every name. */
  page(path: string, page: OraclePage): void {
    this.#pages.set(path, page);
  }

  /** Whether an attempt of a run arrived, at the end of its redirects. */
  arrived(run: string, attempt: number): boolean {
    return this.#arrived.has(`${run} ${attempt}`);
  }

  /** What browsers sent to `/report`. */
  get reports(): readonly Report[] {
    return this.#reports;
  }

  #note(url: URL): void {
    const attempt = attemptOf(url);
    if (attempt !== undefined) this.#arrived.add(`${url.searchParams.get('run') ?? ''} ${attempt}`);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    const url = new URL(request.url ?? '/', 'http://oracle.test');
    const to = url.searchParams.get('to');
    if (to !== null) return { status: 302, headers: { ...COMMON, Location: [to] }, body: '' };
    this.#note(url);
    if (url.pathname === '/report')
      this.#reports.push({ query: url.search.slice(1), body: Buffer.concat(chunks).toString('utf8') });
    const page = this.#pages.get(url.pathname);
    if (page === undefined) return fileAt(url.pathname);
    return { status: 200, headers: { ...COMMON, ...TEXT_HTML, ...page.headers }, body: page.body };
  }

  async close(): Promise<void> {
    for (const server of this.#servers) server.closeAllConnections();
    await new Promise((resolve) => this.#door.close(resolve));
  }
}
