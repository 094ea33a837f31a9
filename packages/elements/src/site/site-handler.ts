import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site, SiteFile } from './build-site.js';
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

/**
 * Serves a site from memory: a path is a key of a map and never touches a disk (A87); every file goes out with exactly its
 * own headers.
 */
export function siteHandler(site: Site): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { status, file } = answerTo(site, request);
    response.writeHead(status, { ...file.headers, 'Content-Length': String(file.body.byteLength) });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };
}
