import { postJson, type JsonAnswer, type VaultLink } from './post-json.js';
import { dpopProof } from './proof.js';

/** What is posted with a session. */
export interface SessionBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Posts with a session token and a fresh proof of the key that it is bound to. */
export type SessionPost = (path: string, session: string | undefined, what: SessionBody) => Promise<JsonAnswer>;

/** Milliseconds that our clock may differ before it is worth a second attempt; the vault's window is as much ahead. */
const TOLERABLE = 2000;

/**
 * Every request carries `Authorization: DPoP <session>` and a proof of its own (RFC 9449 §7.1).
 *
 * Shoppers' clocks are often minutes off, and a proof is dated (RFC 9449 §11.1). When the vault refuses one and says what
 * time it has, the difference is remembered and the request made once more.
 */
export function sessionPost(context: VaultLink): SessionPost {
  let offset = 0;
  return async (path, session, { headers, body }) => {
    const key = await context.key;
    const text = JSON.stringify(body);
    const attempt = async (): Promise<JsonAnswer> => {
      const proof = await dpopProof({
        key,
        crypto: context.crypto,
        url: `${context.vault}${path}`,
        session: session ?? '',
        now: context.now() + offset,
      });
      const authorization = `DPoP ${session ?? ''}`;
      return postJson(context, { path, headers: { ...headers, authorization, dpop: proof }, body: text });
    };
    const first = await attempt();
    if (first === 'offline' || first.status !== 401 || Number.isNaN(first.date)) return first;
    const difference = first.date - context.now();
    if (Math.abs(difference - offset) < TOLERABLE) return first;
    offset = difference;
    return attempt();
  };
}
