import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site, SiteFile } from './build-site.js';
import { acceptedEncoding, type Encoding } from './encodings.js';
import { MISSING_HEADERS } from './headers.js';

/** What a request is answered with. */
interface Answer {
  readonly status: number;
  readonly file: SiteFile;
}

const plain = (status: number, text: string): Answer => ({
  status,
  file: { body: new TextEncoder().encode(text), headers: MISSING_HEADERS },
});

function answerTo(site: Site, request: IncomingMessage): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'method not allowed\n');
  // No service worker may ever stand between a page and these documents (A61).
  if (request.headers['service-worker'] !== undefined) return plain(403, 'no service workers here\n');
  const [path = ''] = (request.url ?? '').split('?');
  const file = site.files.get(path);
  return file === undefined ? plain(404, 'not found\n') : { status: 200, file };
}

/** Encodes a body when it is first asked for so, and never again. */
function encoder(): (body: Uint8Array, encoding: Encoding) => Uint8Array {
  const ready = new WeakMap<Uint8Array, Map<string, Uint8Array>>();
  return (body, { name, encode }) => {
    const known = ready.get(body) ?? new Map<string, Uint8Array>();
    ready.set(body, known);
    const encoded = known.get(name) ?? encode(body);
    known.set(name, encoded);
    return encoded;
  };
}

/**
 * Serves a site from memory: a path is a key of a map and never touches a disk (A87); every file goes out with exactly its
 * own headers, in the smallest content coding that the browser takes.
 */
export function siteHandler(site: Site): (request: IncomingMessage, response: ServerResponse) => void {
  const encoded = encoder();
  return (request, response) => {
    const { status, file } = answerTo(site, request);
    const encoding = status === 200 ? acceptedEncoding(request.headers['accept-encoding']) : undefined;
    const body = encoding === undefined ? file.body : encoded(file.body, encoding);
    response.writeHead(status, {
      ...file.headers,
      ...(status === 200 && { Vary: 'Accept-Encoding' }),
      ...(encoding && { 'Content-Encoding': encoding.name }),
      'Content-Length': String(body.byteLength),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
