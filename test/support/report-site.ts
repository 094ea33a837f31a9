import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { nodeRequest, ReportCollector, type StoredReport } from '@cloister/csp';
import { selfSigned } from './certificate.js';

/** A page as it is served. */
interface Served {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A shop whose pages have policies, and a collector on an origin of its own; both are one server. */
export class ReportSite {
  readonly lines: string[] = [];
  readonly stored: StoredReport[] = [];
  /** Requests to the endpoint, as `POST application/reports+json`. */
  readonly requests: string[] = [];
  readonly collector = new ReportCollector({
    now: () => Date.now(),
    sink: (line, report) => {
      this.lines.push(line);
      this.stored.push(report);
    },
  });
  readonly #pages = new Map<string, Served>();
  readonly #server: Server;
  readonly #scheme: 'http' | 'https';

  private constructor(scheme: 'http' | 'https') {
    const listener: RequestListener = (request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      if (path === '/csp-reports') {
        this.requests.push(`${request.method ?? ''} ${request.headers['content-type'] ?? ''}`.trim());
        void this.collector.answer(nodeRequest(request), request.socket.remoteAddress ?? '').then((answer) => {
          response.writeHead(answer.status, answer.headers).end();
        });
        return;
      }
      const page = this.#pages.get(path);
      if (page === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html', ...page.headers }).end(page.body);
    };
    this.#scheme = scheme;
    this.#server = scheme === 'https' ? createSecure(selfSigned(), listener) : createPlain(listener);
  }

  static async open(scheme: 'http' | 'https'): Promise<ReportSite> {
    const site = new ReportSite(scheme);
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** The origin of a name. */
  origin(host: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#scheme}://${host}.localhost:${String(port)}`;
  }

  get endpoint(): string {
    return `${this.origin('reports')}/csp-reports`;
  }

  serve(path: string, page: Served): void {
    this.#pages.set(path, page);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
