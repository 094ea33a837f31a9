import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A content coding (RFC 9110 §8.4.1) that files are kept ready in. */
export interface Encoding {
  /** As in `Accept-Encoding` and `Content-Encoding`. */
  readonly name: 'br' | 'gzip';
  /** Ending that web servers look for beside a file (nginx `brotli_static` and `gzip_static`, Caddy `precompressed`). */
  readonly ending: '.br' | '.gz';
  readonly encode: (body: Uint8Array) => Uint8Array;
}

/** Smallest first. Once for all requests, so the slowest level is the right one. */
export const ENCODINGS: readonly Encoding[] = [
  {
    name: 'br',
    ending: '.br',
    encode: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength } }),
  },
  { name: 'gzip', ending: '.gz', encode: (body) => gzipSync(body, { level: 9 }) },
];

/** What a browser takes; a coding that is named with weight zero is refused (RFC 9110 §12.5.3). */
export function acceptedEncoding(acceptEncoding: string | undefined): Encoding | undefined {
  const accepted = new Set(
    (acceptEncoding ?? '')
      .split(',')
      .map((part) => part.trim().toLowerCase().split(';'))
      .filter(([, weight = 'q=1']) => Number(weight.trim().slice('q='.length)) > 0)
      .map(([name = '']) => name.trim()),
  );
  return ENCODINGS.find(({ name }) => accepted.has(name));
}
