import { PROOF_AHEAD, type FoldedRecord, type FoldedReveal } from '@cloister/protocol';
import { postText, type JsonAnswer, type VaultLink } from './post-text.js';
import { proofs } from './proof.js';

/** What is posted with a session: all of a folded request but what authorises it. */
export type SessionBody = Omit<FoldedRecord, 'authorization' | 'dpop'> | Omit<FoldedReveal, 'authorization' | 'dpop'>;

/** Posts with a session token and a fresh proof of the key that it is bound to. */
export interface SessionPost {
  /** Begins to make the proof of a post that is about to come. Nothing is sent. */
  readonly ahead: (path: string, session: string | undefined) => void;
  readonly post: (path: string, session: string | undefined, body: SessionBody) => Promise<JsonAnswer>;
}

/**
 * Every request carries `DPoP <session>` and a proof of its own (RFC 9449 §7.1), both folded into its body, so that the browser sends
 * it at once (`protocol/vault/folded.ts`). A proof does not depend on the body, so it is made while values are gathered.
 *
 * Invariant: a proof that was begun is taken by one post, and by none that comes later than the next begin.
 *
 * Shoppers' clocks are often minutes off, and a proof is dated (RFC 9449 §11.1). When the vault refuses one and says what
 * time it has, the difference is remembered and the request made once more.
 */
export function sessionPost(context: VaultLink): SessionPost {
  const prove = context.key.then((key) => proofs(key, context.crypto));
  prove.catch(() => undefined); // Told to whoever posts; not an unhandled rejection.
  let offset = 0;
  const begun = new Map<string, Promise<string>>();

  const make = async (path: string, session: string): Promise<string> =>
    (await prove)({ url: context.vault + path, session, now: context.now() + offset });
  const take = (path: string, session: string): Promise<string> => {
    const proof = begun.get(path + session) ?? make(path, session);
    begun.clear();
    return proof;
  };
  return {
    ahead: (path, session = '') => {
      const proof = make(path, session);
      proof.catch(() => undefined);
      begun.clear();
      begun.set(path + session, proof);
    },
    post: async (path, session = '', body) => {
      const attempt = async (proof: Promise<string>): Promise<JsonAnswer> => {
        const authorised = { authorization: `DPoP ${session}`, dpop: await proof, ...body };
        return postText(context, path, JSON.stringify(authorised satisfies FoldedRecord | FoldedReveal));
      };
      const first = await attempt(take(path, session));
      if (first === 'offline' || first.status !== 401 || Number.isNaN(first.date)) return first;
      const difference = first.date - context.now();
      if (Math.abs(difference - offset) < PROOF_AHEAD) return first;
      offset = difference;
      return attempt(make(path, session));
    },
  };
}
