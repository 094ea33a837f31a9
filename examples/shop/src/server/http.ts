import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY = 16 * 1024;
const COOKIE = 'shopper';
const COOKIE_CHARACTER = /^[\w-]$/u;

/** The JSON body of a request; `undefined` when there is none, or it is not JSON, or too large. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
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

/**
 * Whether a change was asked for by a page of ours: browsers always send Origin with POST, and other sites cannot send
 * this content type without a preflight, which we do not answer.
 */
export function isOwnPost({ headers }: IncomingMessage, origin: string): boolean {
  return headers.origin === origin && headers['content-type'] === 'application/json';
}

/** Who asks, by cookie. */
export function shopperOf({ headers }: IncomingMessage): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value?.length === 32 && Array.from(value).every((c) => COOKIE_CHARACTER.test(c)))
      return value;
  }
  return undefined;
}

/** Gives a newcomer a cookie. On https add `Secure` and the `__Host-` prefix. */
export function welcome(response: ServerResponse): void {
  const value = randomBytes(24).toString('base64url');
  response.setHeader('Set-Cookie', `${COOKIE}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`);
}
