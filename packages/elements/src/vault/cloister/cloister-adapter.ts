import { decode, recordResponse, revealResponse, Secret, VAULT_ROUTES, type Collected } from '@cloister/protocol';
import type {
  CollectRequest,
  Outcome,
  RevealedValues,
  RevealRequest,
  ShownValue,
  VaultAdapter,
  VaultClient,
} from '../vault-adapter.js';
import { failureOf } from './failure.js';
import type { VaultLink } from './post-text.js';
import { sessionPost, type SessionPost } from './session-post.js';

/**
 * The adapter for Cloister's own vault.
 *
 * @param vault - the vault's exact origin, from the configuration of our origin.
 */
export function cloisterAdapter(vault: string): VaultAdapter {
  return {
    id: 'cloister',
    api: 1,
    capabilities: { session: true, reveal: true, idempotency: true, atomicBatch: true },
    csp: { connectSrc: [vault] },
    open: (context) => openCloister({ ...context, vault }),
  };
}

function openCloister(link: VaultLink): VaultClient {
  const { ahead, post } = sessionPost(link);
  return {
    ahead: (session) => {
      ahead(VAULT_ROUTES.records, session);
    },
    collect: (request) => collect(post, request),
    reveal: (request) => reveal(post, request),
  };
}

async function collect(post: SessionPost['post'], request: CollectRequest): Promise<Outcome<Collected>> {
  const { collection, origin, session, idempotencyKey } = request;
  const answer = await post(VAULT_ROUTES.records, session, {
    'idempotency-key': idempotencyKey,
    request: { collection, origin, values: exposed(request.values) },
  });
  if (answer === 'offline') return { ok: false, code: 'offline' };
  if (answer.status !== 201 && answer.status !== 200) return failed(answer);
  const created = decode(recordResponse, answer.body);
  if (!created.ok || !isTokenised(created.value, request.values)) return { ok: false, code: 'unavailable' };
  return { ok: true, value: created.value };
}

async function reveal(post: SessionPost['post'], request: RevealRequest): Promise<Outcome<RevealedValues>> {
  const { origin, tokens, session } = request;
  const answer = await post(VAULT_ROUTES.reveal, session, { request: { origin, tokens } });
  if (answer === 'offline') return { ok: false, code: 'offline' };
  if (answer.status !== 200) return failed(answer);
  const shown = decode(revealResponse, answer.body);
  if (!shown.ok) return { ok: false, code: 'unavailable' };
  const values = new Map<string, ShownValue>();
  for (const item of shown.value.values) {
    if ('error' in item || !tokens.includes(item.token)) continue;
    values.set(item.token, { value: new Secret(item.value), text: new Secret(item.text) });
  }
  return { ok: true, value: values };
}

const failed = (answer: { readonly status: number; readonly body: unknown }): Outcome<never> => ({
  ok: false,
  code: failureOf(answer.status, answer.body),
});

/** The one place where collected values leave their `Secret`: the body of the request to the vault. */
const exposed = (values: ReadonlyMap<string, Secret>): Readonly<Record<string, string>> =>
  Object.fromEntries([...values].map(([field, value]) => [field, value.expose()]));

/** A token for every value that was sent and for nothing else. */
const isTokenised = ({ tokens }: Collected, values: ReadonlyMap<string, Secret>): boolean =>
  Object.keys(tokens).length === values.size && Object.keys(tokens).every((field) => values.has(field));
