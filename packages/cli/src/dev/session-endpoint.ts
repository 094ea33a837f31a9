import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  anyOf,
  array,
  decode,
  literal,
  name,
  object,
  string,
  token,
  type CloisterConfig,
  type Infer,
  type SessionRequest,
  THUMBPRINT,
} from '@cloister/protocol';
import { readJson } from '../net/read-json.js';

/** Where pages ask for a session; the same path as in the documentation's backends. */
export const SESSION_PATH = '/cloister/session';

const jkt = string({ min: 43, max: 43, format: THUMBPRINT });
const sessionNeed = anyOf([
  object({ purpose: literal('collect'), jkt, collection: name }),
  object({ purpose: literal('reveal'), jkt, tokens: array(token, { min: 1, max: 100 }) }),
]);
type SessionNeed = Infer<typeof sessionNeed>;

/** What the endpoint needs to know. */
export interface SessionEndpointOptions {
  readonly config: CloisterConfig;
  /** Values of the Host header that are ours; a rebound name (A89) is not among them. */
  readonly hostNames: ReadonlySet<string>;
  /** Asks the vault; `undefined` when it refuses or cannot be reached. */
  readonly mint: (request: SessionRequest) => Promise<string | undefined>;
}

/**
 * A session endpoint for development: it grants whatever the configuration allows, to pages of the configured hosts.
 *
 * Security: asks nobody who the shopper is. It is made for loopback only (`devConfig` refuses everything else); the
 * refusals here keep other sites that are open in the same browser away from it (A88, A89).
 */
export function sessionEndpoint(options: SessionEndpointOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const origin = request.headers.origin ?? '';
    if (!options.hostNames.has(request.headers.host ?? '') || !options.config.hosts.includes(origin)) {
      answer(response, 403, 'forbidden');
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Vary', 'Origin');
    if (request.method === 'OPTIONS') allow(response);
    else await give(options, request, response);
  };
}

/** Answers a preflight (Fetch §3.2.2): pages on another port send JSON. */
function allow(response: ServerResponse): void {
  response.writeHead(204, { 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'content-type' });
  response.end();
}

async function give(
  { mint }: SessionEndpointOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const need = request.method === 'POST' ? decode(sessionNeed, await readJson(request)) : undefined;
  if (need?.ok !== true) {
    answer(response, 400, 'invalid');
    return;
  }
  const grant = grantFor(need.value, request.headers.origin ?? '');
  const session = await mint({ thumbprint: need.value.jkt, grant });
  answer(response, session === undefined ? 502 : 200, session ?? 'unavailable');
}

/** As much as the configuration allows: the vault still applies the ceiling of each field. */
function grantFor(need: SessionNeed, origin: string): SessionRequest['grant'] {
  return need.purpose === 'collect'
    ? { purpose: 'collect', collection: need.collection, origin, uses: 1, minutes: 10 }
    : { purpose: 'reveal', tokens: need.tokens, redaction: 'plain', origin, reason: 'cloister dev' };
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
