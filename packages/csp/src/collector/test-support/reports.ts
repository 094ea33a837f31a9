import { ReportCollector, type CollectorOptions } from '../collector.js';
import type { StoredReport } from '../report.js';

/** When every test happens. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A violation as `report-uri` sends it. */
export const legacy = (body: object = {}): object => ({
  'csp-report': {
    'document-uri': 'https://shop.example/checkout?step=2',
    referrer: '',
    'violated-directive': 'frame-src',
    'effective-directive': 'frame-src',
    'original-policy': "default-src 'self'; report-uri /csp",
    disposition: 'enforce',
    'blocked-uri': 'https://elements.example/collect.html?x=1',
    'status-code': 200,
    'script-sample': '',
    ...body,
  },
});

/** A violation as the Reporting API sends it. */
export const violation = (body: object = {}, rest: object = {}): object => ({
  age: 1000,
  type: 'csp-violation',
  url: 'https://shop.example/checkout?step=2',
  user_agent: 'Mozilla/5.0',
  body: {
    documentURL: 'https://shop.example/checkout?step=2',
    blockedURL: 'https://elements.example/collect.html?x=1',
    effectiveDirective: 'frame-src',
    originalPolicy: "default-src 'self'; report-to csp",
    disposition: 'enforce',
    statusCode: 200,
    sample: '',
    ...body,
  },
  ...rest,
});

/** A report of any type. */
export const report = (type: string, body: object): object => ({
  age: 0,
  type,
  url: 'https://shop.example/checkout?step=2',
  body,
});

/** A request of Fetch, as Node makes it. */
export function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  const type = Array.isArray(body) ? 'application/reports+json' : 'application/csp-report';
  return new Request('https://reports.example/csp', {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A collector with what it wrote. */
export function collecting(options: Partial<CollectorOptions> = {}): {
  readonly collector: ReportCollector;
  readonly lines: readonly string[];
  readonly stored: readonly StoredReport[];
} {
  const lines: string[] = [];
  const stored: StoredReport[] = [];
  const sink = (line: string, kept: StoredReport): void => {
    lines.push(line);
    stored.push(kept);
  };
  return { collector: new ReportCollector({ now: () => NOW, sink, ...options }), lines, stored };
}
