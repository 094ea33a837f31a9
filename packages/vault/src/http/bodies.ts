import type { FastifyInstance, FastifyRequest } from 'fastify';
import { unfold } from '@cloister/protocol';
import { Refusal } from '../service/refusal.js';
import { isBrowserRoute } from './origins.js';
import { parseStrictJson, type ParsedJson } from './strict-json.js';

/*
 * The two forms of a body.
 *
 * 1. `application/json` is the request; what authorises it stands in headers (RFC 9449 §7.1).
 * 2. `text/plain` is a folded request (`protocol/vault/folded.ts`): a browser sends it without asking first. It is unfolded here,
 *    before anybody is told apart, into the same headers and the same body, so that nothing behind this file knows two forms.
 *
 * A text that is not a folded request is what it always was: a media type that the vault does not take (A89).
 */

const unsupported = (): Refusal => new Refusal('media-type', 'media-type');

const parse = (body: string | Buffer): ParsedJson => (Buffer.isBuffer(body) ? parseStrictJson(body) : { ok: false });

function readJson(body: string | Buffer): unknown {
  const parsed = parse(body);
  if (parsed.ok) return parsed.value;
  throw new Refusal('invalid', 'body', { status: 400 });
}

/**
 * Security: a page of another origin can send such a text, by a form or by `fetch`, and no preflight stops it. So it must say that it comes
 * from the elements origin; browsers name the origin of every `POST`, and a caller that is none has headers. Whoever has
 * headers must not have them twice: no request may mean one thing to a proxy and another to us.
 */
function readFolded(request: FastifyRequest, body: string | Buffer, elements: string): unknown {
  const { origin, authorization, dpop, 'idempotency-key': key } = request.headers;
  const hasHeaders = [authorization, dpop, key].some((header) => header !== undefined);
  if (hasHeaders || !isBrowserRoute(request)) throw unsupported();
  if (origin !== elements) throw new Refusal('forbidden', 'origin');
  const parsed = parse(body);
  const unfolded = parsed.ok ? unfold(parsed.value) : undefined;
  if (unfolded === undefined) throw unsupported();
  request.headers = { ...unfolded.headers };
  return unfolded.request;
}

/** Reads bodies in these two forms and in no other. */
export function readBodies(app: FastifyInstance, elements: string): void {
  app.removeAllContentTypeParsers();
  const read = (type: string, reader: (request: FastifyRequest, body: string | Buffer) => unknown): void => {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request: FastifyRequest, body: string | Buffer) =>
      Promise.resolve(body).then((bytes) => reader(request, bytes)),
    );
  };
  read('application/json', (_request, body) => readJson(body));
  // Where there is no route there is nothing to read, and the answer is the same for every type (A73).
  read('text/plain', (request, body) => (request.is404 ? undefined : readFolded(request, body, elements)));
}
