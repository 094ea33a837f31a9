import { CliFailure } from '../failure.js';
import { isLoopbackOrigin } from '../net/loopback.js';

const PATIENCE = 10_000;
const TAKES = '--webhook takes an address by https: (or of this machine)';

/** An address that alerts may be sent to. @throws CliFailure `usage` */
export function webhookOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new CliFailure('usage', TAKES);
  // Requests are not sent to such addresses (Fetch §5.4), and so nobody would hear.
  if (url.username !== '' || url.password !== '')
    throw new CliFailure('usage', `${TAKES}, without a name and password: put a secret into its path`);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackOrigin(url.origin))) return url.href;
  throw new CliFailure('usage', TAKES);
}

/** Posts an alert; answers whether it was taken. Follows no redirect: alerts say what is wrong with a shop. */
export async function postAlert(webhook: string, alert: object): Promise<boolean> {
  try {
    const { ok } = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alert),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return ok;
  } catch {
    return false;
  }
}
