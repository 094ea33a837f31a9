import { decode } from '../schema/decode.js';
import { object, optional, string, type Infer } from '../schema/schema.js';
import { recordRequest } from './records.js';
import { revealRequest } from './reveal.js';
import { token } from './tokens.js';

/*
 * The folded form of a request: its three headers stand in the body beside what is asked, and the body is a text.
 *
 * A browser asks for permission (CORS preflight, Fetch §4.8) before it sends headers or media types that a plain form could not
 * send; that is a round trip before every submit. A text without such headers goes at once. What a preflight protects is
 * protected by the request itself: it must name the elements origin, and prove a key that no page has (A88, A89).
 */

/** Media type of a folded request: one of the three that need no preflight (Fetch, "CORS-safelisted request-header"). */
export const FOLDED_TYPE = 'text/plain;charset=UTF-8';

/** As long as all headers of a request together may be; what they must look like is decided where headers are. */
const header = string({ max: 8192 });

/** The headers, by their names in HTTP. */
export const foldedHeaders = object({ authorization: header, dpop: header, 'idempotency-key': optional(header) });

/** `POST /v1/records` as a text. */
export const foldedRecord = object({
  authorization: header,
  dpop: header,
  'idempotency-key': token,
  request: recordRequest,
});
export type FoldedRecord = Infer<typeof foldedRecord>;

/** `POST /v1/reveal` as a text. */
export const foldedReveal = object({ authorization: header, dpop: header, request: revealRequest });
export type FoldedReveal = Infer<typeof foldedReveal>;

/** A folded request, taken apart; what is asked has not been looked at yet, for nobody knows by whom. */
export interface Unfolded {
  readonly headers: Infer<typeof foldedHeaders>;
  readonly request: unknown;
}

/** Takes a folded request apart; `undefined` when it is none. Total. */
export function unfold(body: unknown): Unfolded | undefined {
  if (typeof body !== 'object' || body === null || !('request' in body)) return undefined;
  const { request, ...rest } = body;
  const headers = decode(foldedHeaders, rest);
  return headers.ok ? { headers: headers.value, request } : undefined;
}
