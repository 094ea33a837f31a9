/** Reads a body piece by piece, as `ReadableStreamDefaultReader` of the Streams standard does. */
export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  releaseLock(): void;
}

/**
 * What is needed of a request. `Request` of Fetch fits it, in Node, in workers and in browsers; so does an object that is made of three
 * members of a request of Node's own.
 */
export interface ReportRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): ByteReader } | null;
}

/** What is answered; it never says more than its status. */
export type ReportStatus = 204 | 400 | 405 | 413 | 415 | 429;

/** Status and headers, without a body. Fits `new Response(null, answer)` and `response.writeHead(answer.status, answer.headers)`. */
export interface ReportAnswer {
  readonly status: ReportStatus;
  readonly headers: Readonly<Record<string, string>>;
}

/** Browsers ask before they send `application/reports+json` to another origin (Reporting §3.5.2); nothing is told to whom they ask for. */
const CROSS_ORIGIN = { 'access-control-allow-origin': '*' } as const;
const PREFLIGHT = {
  ...CROSS_ORIGIN,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
} as const;

/** The answer to a preflight (Fetch §3.2.2). */
export const preflightAnswer: ReportAnswer = { status: 204, headers: PREFLIGHT };

/** The answer of that status. */
export const answerOf = (status: ReportStatus): ReportAnswer => ({
  status,
  headers: status === 405 ? { ...CROSS_ORIGIN, allow: 'POST, OPTIONS' } : CROSS_ORIGIN,
});
