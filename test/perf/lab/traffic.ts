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

/** What was sent, and the encoding that its header named. */
type Sent = Pick<Exchange, 'body' | 'encoding'>;

/** The encoding among headers as they are handed to `writeHead`, which keeps them from `getHeader`. */
function encodingIn(headers: unknown): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const found = Object.entries<unknown>({ ...headers }).find(([name]) => name.toLowerCase() === 'content-encoding');
  return found === undefined ? undefined : String(found[1]);
}

/** Keeps what is written to a response. */
function keepBody(response: ServerResponse, done: (sent: Sent) => void): void {
  const chunks: Buffer[] = [];
  let encoding: string | undefined;
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  Object.assign(response, {
    writeHead: (...args: Parameters<typeof writeHead>) => {
      encoding = args.map(encodingIn).find((found) => found !== undefined);
      return writeHead(...args);
    },
    write: (...args: Parameters<typeof write>) => {
      keep(args[0]);
      return write(...args);
    },
    end: (...args: Parameters<typeof end>) => {
      keep(args[0]);
      done({ body: Buffer.concat(chunks), encoding: encoding ?? String(response.getHeader('content-encoding') ?? '') });
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
      keepBody(response, (sent) => {
        const { method = '', url = '' } = request;
        this.#seen.push({ server: name, method, path: url, ...sent });
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
