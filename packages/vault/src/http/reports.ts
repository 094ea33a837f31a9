import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressKey } from './rate-limits.js';

/** Where a vault takes the reports of browsers, if it was opened with somebody who takes them. */
export const REPORTS_ROUTE = '/v1/csp-reports';

/** What is answered: status and headers, never a body. */
export interface ReportsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes what browsers report of a page's policy. `ReportCollector` of `@cloister/csp` is one. */
export interface ReportTaker {
  /** @param client - whom a rate limit may count the request for: the caller's address, of IPv6 its /64. */
  answer(request: Request, client: string): Promise<ReportsAnswer>;
}

/** What a taker of reports may know of a request. No credential that somebody sent along, no address, no cookie. */
const FORWARDED = ['content-type', 'user-agent'] as const;

function requestOf({ method, headers, body }: FastifyRequest): Request {
  const known = FORWARDED.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Request(`http://vault${REPORTS_ROUTE}`, {
    method,
    headers: new Headers(known.map(([name, value]): [string, string] => [name, value])),
    ...(Buffer.isBuffer(body) && method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
}

/**
 * Mounts a taker of reports, beside the routes of values and in a context of its own: what it reads has other types of body.
 *
 * Security: any page and any program may send here, and none is told apart. The vault's bounds hold first (`Host`, budget of the address,
 * size and time of a body); nothing of it is audited, so that a flood does not fill the log; nothing of it reaches records.
 */
export function addReports(app: FastifyInstance, taker: ReportTaker): void {
  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { status, headers } = await taker.answer(requestOf(request), addressKey(request.ip));
    return reply.code(status).headers(headers).send();
  };
  void app.register((own, _options, done) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    own.post(REPORTS_ROUTE, take);
    own.options(REPORTS_ROUTE, take);
    done();
  });
}
