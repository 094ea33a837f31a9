import type { IncomingMessage } from 'node:http';

const MAX_BODY = 16 * 1024;

/** The JSON body of a request; `undefined` when it is not declared as JSON, not JSON, or larger than 16 KiB. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  // A form cannot send this type without a preflight, so a foreign page cannot post here unasked (A89).
  if (request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return undefined;
    size += chunk.byteLength;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
