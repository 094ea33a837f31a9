import { request } from 'node:http';

/** An answer, as it came over the wire. */
export interface Got {
  readonly status: number;
  readonly body: Buffer;
  /** All headers but those of the connection (`Date`, `Connection`, `Keep-Alive`), by lower-case name. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Gets a path from a server of this machine. */
export function get(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, ...options }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...headers } = incoming.headers;
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks), headers });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
