import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** A request that reached a server, and what it was answered with. */
export interface Exchange {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  /** The body as it was sent. */
  readonly body: Buffer;
  readonly encoding: string;
}

/** Keeps what is written to a response. */
function keepBody(response: ServerResponse, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  Object.assign(response, {
    write: (...args: Parameters<typeof write>) => {
      keep(args[0]);
      return write(...args);
    },
    end: (...args: Parameters<typeof end>) => {
      keep(args[0]);
      done(Buffer.concat(chunks));
      return end(...args);
    },
  });
}

/** Counts at the servers: what a browser took from its caches is not there. */
export class Traffic {
  #seen: Exchange[] = [];

  /** Notes every request of a server, under a name. */
  watch(name: string, server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      keepBody(response, (body) => {
        const { method = '', url = '' } = request;
        const encoding = String(response.getHeader('content-encoding') ?? '');
        this.#seen.push({ server: name, method, path: url, body, encoding });
      });
    });
  }

  /** What was seen since the last call. */
  take(): readonly Exchange[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }
}
