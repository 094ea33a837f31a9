import { decode, sessionResponse, VAULT_ROUTES, type Grant } from '@cloister/protocol';
import { openVault, type Vault } from '@cloister/vault';
import { afterEach, describe, expect, it } from 'vitest';
import { createKey } from '../../../packages/elements/src/coordinator/key.js';
import { cloisterAdapter } from '../../../packages/elements/src/vault/cloister/cloister-adapter.js';
import { shopConfig } from '../../../packages/elements/src/vault/test-support/shop-config.js';
import {
  describeVaultAdapter,
  type OpenVault,
  type SessionNeed,
} from '../../../packages/elements/src/vault/vault-adapter.contract.js';
import type { SafeRequest } from '../../../packages/elements/src/vault/vault-adapter.js';

/*
 * The adapter's own tests run against a fake that keeps the HTTP contract. Here the same laws are held over the vault
 * itself, so that the two cannot drift apart.
 */
const CONFIG = shopConfig();
const ORIGIN = 'https://shop.example';
const HOST = new URL(CONFIG.vault).host;
const open: Vault[] = [];

afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
});

const grantFor = (need: SessionNeed): Grant =>
  need.purpose === 'collect'
    ? { purpose: 'collect', collection: need.collection, origin: ORIGIN }
    : { purpose: 'reveal', tokens: need.tokens, origin: ORIGIN, redaction: 'plain' };

/** The browser's part: the request as it would arrive, and its answer. */
function browser({ app }: Vault): (url: string, request: SafeRequest) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const answer = await app.inject({
      method,
      url: new URL(url).pathname,
      headers: { ...headers, host: HOST, origin: CONFIG.elements, 'sec-fetch-site': 'cross-site' },
      payload: body,
    });
    return new Response(answer.body, { status: answer.statusCode });
  };
}

async function openReal(): Promise<OpenVault> {
  let passed = 0;
  const now = (): number => Date.now() + passed;
  const vault = await openVault({ config: CONFIG, data: ':memory:', now });
  open.push(vault);
  // It does not listen here, and so has not waited for the second after its first.
  passed += 1000;
  const { credential } = await vault.credentials.create({ name: 'shop', days: 1 });
  const key = createKey(crypto.subtle);
  const adapter = cloisterAdapter(CONFIG.vault);
  const { collections } = CONFIG;
  const timeout = (milliseconds: number): AbortSignal => AbortSignal.timeout(milliseconds);
  return {
    capabilities: adapter.capabilities,
    client: adapter.open({ collections, key, fetch: browser(vault), crypto, now, timeout }),
    passTime: (milliseconds) => {
      passed += milliseconds;
    },
    session: async (need) => {
      const answer = await vault.app.inject({
        method: 'POST',
        url: VAULT_ROUTES.sessions,
        headers: { host: HOST, authorization: `Bearer ${credential}` },
        payload: { thumbprint: (await key).thumbprint, grant: grantFor(need) },
      });
      const session = decode(sessionResponse, answer.json());
      if (!session.ok) throw new Error(`no session: ${answer.body}`);
      return session.value.token;
    },
  };
}

describeVaultAdapter('the cloister adapter over the vault itself', openReal);

describe('the cloister adapter over the vault itself', () => {
  const reveal = (vault: OpenVault, session: string | undefined) =>
    vault.client.reveal({ origin: ORIGIN, tokens: [crypto.randomUUID()], session });

  it('A74 is forbidden to show with a session for collecting', async () => {
    const vault = await openReal();
    const session = await vault.session({ purpose: 'collect', collection: 'cards' });
    expect(await reveal(vault, session)).toEqual({ ok: false, code: 'forbidden' });
  });

  it('A76 is not let in with a session that ended, nor with none', async () => {
    const vault = await openReal();
    const session = await vault.session({ purpose: 'reveal', tokens: [crypto.randomUUID()] });
    vault.passTime(15 * 60_000);
    expect(await reveal(vault, session)).toEqual({ ok: false, code: 'unauthorized' });
    expect(await reveal(vault, undefined)).toEqual({ ok: false, code: 'unauthorized' });
  });
});
