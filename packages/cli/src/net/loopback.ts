/** The one address that development servers listen on: reachable from this machine only (RFC 1122 §3.2.1.3). */
export const LOOPBACK = '127.0.0.1';

/** Whether an origin names this machine: `localhost` and names under it (RFC 6761 §6.3), 127.0.0.1, [::1]. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === LOOPBACK || hostname === '[::1]';
}

/** The port of an origin, also when it is the scheme's own. */
export function portOf(origin: string): number {
  const { port, protocol } = new URL(origin);
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** The same origin on another port. */
export function withPort(origin: string, port: number): string {
  const url = new URL(origin);
  url.port = String(port);
  return url.origin;
}
