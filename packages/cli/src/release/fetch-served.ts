/** What a server answered, read no further than `limit` bytes. */
export interface Served {
  readonly status: number;
  /** By lower-case name; of a header that came twice, both values with a comma between (RFC 9110 §5.3). */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Whether there was more than `limit` bytes. */
  readonly cut: boolean;
}

const TIMEOUT_MS = 15_000;

/**
 * Gets an address as a browser would see it (content codings undone), with no cache, no cookie and no redirect followed:
 * where a redirect leads to is not this origin.
 *
 * @returns `undefined` when there was no answer in time.
 */
export async function fetchServed(url: URL, limit: number): Promise<Served | undefined> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      cache: 'no-store',
      headers: { 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const read = await readBody(answer.body, limit);
    return { status: answer.status, headers: new Map(answer.headers), ...read };
  } catch {
    return undefined;
  }
}

async function readBody(
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<{ readonly body: Uint8Array; readonly cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (stream !== null) {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > limit) break;
    }
  }
  return { body: Buffer.concat(chunks).subarray(0, limit), cut: size > limit };
}
