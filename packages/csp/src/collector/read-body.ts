import type { ReportRequest } from './http.js';

/** The text of a body, or the status that refuses it. */
export type BodyText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly status: 400 | 413 };

const refused = (status: 400 | 413): BodyText => ({ ok: false, status });

/** Each byte as it stands in a percent-encoded text. */
const ENCODED: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
);

/** UTF-8 by what ECMAScript itself has; bytes that are none are refused (`TextDecoder` belongs to hosts, not to the language). */
function decodeUtf8(chunks: readonly Uint8Array[]): BodyText {
  let encoded = '';
  for (const chunk of chunks) for (const byte of chunk) encoded += ENCODED[byte] ?? '';
  try {
    return { ok: true, text: decodeURIComponent(encoded) };
  } catch {
    return refused(400);
  }
}

/**
 * Reads a body, at most `limit` bytes of it.
 *
 * Security: what comes after the limit is not read, whatever the length says that the sender gave. The stream is let go and not cancelled,
 * because a cancelled request of Node takes its connection, and so the answer, with it.
 */
export async function readBody(request: ReportRequest, limit: number): Promise<BodyText> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return refused(413);
  if (request.body === null) return refused(400);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (part.value === undefined) continue;
      size += part.value.byteLength;
      if (size > limit) return refused(413);
      chunks.push(part.value);
    }
  } catch {
    // The sender went away.
    return refused(400);
  } finally {
    reader.releaseLock();
  }
  return decodeUtf8(chunks);
}
