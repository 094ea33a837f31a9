/** What the shop's headers depend on. */
export interface HeaderOptions {
  readonly elements: string;
  /** Also ask that everything embedded opts in, as pages that want `crossOriginIsolated` must. */
  readonly coep: boolean;
  /** Where browsers report what they refused. */
  readonly reports: string | undefined;
}

/**
 * The headers of every page: all that a shop with Cloister needs is one `frame-src`. Nothing inline, no `eval`, no
 * string ever becomes markup.
 */
export function pageHeaders({ elements, coep, reports }: HeaderOptions): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `frame-src ${elements}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    ...(reports === undefined ? [] : [`report-uri ${reports}`]),
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...(coep ? { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' } : {}),
  };
}
