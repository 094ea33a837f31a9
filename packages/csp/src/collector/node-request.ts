import type { ReportRequest } from './http.js';

/** What is needed of a request of Node's `http`, which Express and others hand on. */
export interface NodeRequestLike {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, unknown>;
}

/**
 * A request of Node as the collector takes it. Its body must not have been read: mount the endpoint before anything that parses bodies of
 * every type.
 */
export function nodeRequest(request: NodeRequestLike): ReportRequest {
  const { method = '', headers } = request;
  return {
    method,
    headers: {
      get: (name) => {
        const value = headers[name];
        return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
      },
    },
    body: {
      getReader: () => {
        const chunks = request[Symbol.asyncIterator]();
        return {
          read: async () => {
            const next = await chunks.next();
            return next.done === true ? { done: true } : { done: false, value: next.value };
          },
          // The iterator is not ended: that would take the connection away before the answer.
          releaseLock: () => undefined,
        };
      },
    },
  };
}
