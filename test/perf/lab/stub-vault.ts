import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { VAULT_ROUTES } from '@cloister/protocol';
import { tokenOf, valueOf } from '../product.js';

const INDEX_OF = new Map(Array.from({ length: 100 }, (_, index) => [tokenOf(index), index] as const));

interface Asked {
  readonly values?: Readonly<Record<string, string>>;
  readonly tokens?: readonly string[];
}

const record = ({ values = {} }: Asked): object => ({
  record: randomUUID(),
  tokens: Object.fromEntries(Object.keys(values).map((field) => [field, randomUUID()])),
  facts: {},
});

const reveal = ({ tokens = [] }: Asked): object => ({
  values: tokens.map((token) => {
    const value = valueOf(INDEX_OF.get(token) ?? 0);
    return { token, type: 'text', redaction: 'plain', value, text: value };
  }),
});

const ANSWERS: Readonly<Record<string, { readonly status: number; readonly body: (asked: Asked) => object }>> = {
  [VAULT_ROUTES.records]: { status: 201, body: record },
  [VAULT_ROUTES.reveal]: { status: 200, body: reveal },
};

/** Members that a request without custom headers carries around what it asks (`text/plain` needs no preflight). */
function askedIn(text: string): Asked {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null) return {};
  const inner = 'body' in read ? read.body : 'request' in read ? read.request : read;
  if (typeof inner === 'string') return askedIn(inner);
  return typeof inner === 'object' && inner !== null ? inner : {};
}

const CORS = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'authorization, content-type, dpop, idempotency-key',
  'Access-Control-Expose-Headers': 'date, retry-after, x-request-id',
  'Access-Control-Max-Age': '600',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cache-Control': 'no-store',
  Vary: 'Origin',
} as const;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const cors = { ...CORS, 'Access-Control-Allow-Origin': request.headers.origin ?? 'null' };
  const route = ANSWERS[request.url ?? ''];
  if (request.method === 'OPTIONS') response.writeHead(204, cors).end();
  else if (route === undefined) response.writeHead(404, cors).end();
  else {
    const body = JSON.stringify(route.body(askedIn(Buffer.concat(chunks).toString('utf8'))));
    response.writeHead(route.status, { ...cors, 'Content-Type': 'application/json; charset=utf-8' });
    response.end(body);
  }
}

/** Speaks Cloister's wire to floors and product alike, and answers at once: what is left is the client's time. */
export const stubVault: RequestListener = (request, response) => {
  void answer(request, response);
};
