/** Headers that an answer should not lose, in lower case, with their names as people write them. */
const SECURITY_HEADERS = {
  'content-security-policy': 'Content-Security-Policy',
  'content-security-policy-report-only': 'Content-Security-Policy-Report-Only',
  'permissions-policy': 'Permissions-Policy',
  'strict-transport-security': 'Strict-Transport-Security',
  'reporting-endpoints': 'Reporting-Endpoints',
  'cross-origin-opener-policy': 'Cross-Origin-Opener-Policy',
  'cross-origin-embedder-policy': 'Cross-Origin-Embedder-Policy',
  'cross-origin-resource-policy': 'Cross-Origin-Resource-Policy',
  'origin-agent-cluster': 'Origin-Agent-Cluster',
  'referrer-policy': 'Referrer-Policy',
  'x-content-type-options': 'X-Content-Type-Options',
  'x-frame-options': 'X-Frame-Options',
} as const;

export type SecurityHeader = keyof typeof SECURITY_HEADERS;

/** Whether it is one of them; in lower case. */
export const isSecurityHeader = (name: string): name is SecurityHeader => Object.hasOwn(SECURITY_HEADERS, name);

export const nameOf = (header: SecurityHeader): string => SECURITY_HEADERS[header];

export const ENFORCED = 'content-security-policy';
export const REPORTED = 'content-security-policy-report-only';
