import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { VAULT_ROUTES } from '@cloister/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../crypto/bytes.js';
import { keyRing } from '../crypto/key-ring.js';
import { DEFAULT_LIMITS } from '../options.js';
import { TENANT } from '../service/core.js';
import { openSqliteStore } from '../store/sqlite/open-store.js';
import type { VaultStore } from '../store/store.js';
import { makeProof, testKey } from '../test-support/proof.js';
import { ELEMENTS, HOST, START, VAULT, testConfig } from '../test-support/test-vault.js';
import { makeServer } from './server.js';

const key = testKey();
const session = 'cls_test-session-of-this-file';
const token = crypto.randomUUID();

/** A store whose disk is full: it reads, but writes nothing, audit rows least of all. */
function readOnly(store: VaultStore): VaultStore {
  const full = (): Promise<never> => Promise.reject(new Error('database or disk is full: 4242424242424242'));
  return {
    addCredential: full,
    credential: (verifier) => store.credential(verifier),
    credentials: (tenant) => store.credentials(tenant),
    revokeCredential: full,
    revokeSession: full,
    addSession: full,
    session: (hash) => store.session(hash),
    spendSession: full,
    addRecord: full,
    values: (...wanted) => store.values(...wanted),
    appendAudit: full,
    auditRows: () => store.auditRows(),
    auditHead: () => store.auditHead(),
    sweep: full,
    close: () => store.close(),
  };
}

let app: FastifyInstance | undefined;
let store: VaultStore | undefined;
afterEach(async () => {
  await app?.close();
  await store?.close();
});

async function openFull(): Promise<FastifyInstance> {
  const keys = keyRing(randomBytes(32));
  store = openSqliteStore(':memory:', keys, START);
  const grant = JSON.stringify({ purpose: 'reveal', tokens: [token], origin: HOST });
  const place = { id: crypto.randomUUID(), tenant: TENANT, tokenHash: sha256(session), thumbprint: key.thumbprint };
  const credential = crypto.randomUUID();
  const shop = { id: credential, tenant: TENANT, account: 'shop', createdAt: START, expiresAt: START + 60_000 };
  const event = { at: START, request: 'r' } as const;
  await store.addCredential({ ...shop, verifier: randomBytes(32) }, { ...event, operation: 'credential.create' });
  await store.addSession(
    { ...place, account: 'shop', credential, grant, usesLeft: 9, expiresAt: START + 60_000 },
    { ...event, operation: 'session.create' },
  );
  app = makeServer({
    core: { config: testConfig(), keys, now: () => START, store: readOnly(store) },
    limits: DEFAULT_LIMITS,
    hosts: new Set(['vault.shop.example']),
    trustedProxies: [],
    log: undefined,
    reports: undefined,
  });
  return app;
}

const send = async (headers: Readonly<Record<string, string>>) =>
  (await openFull()).inject({
    method: 'POST',
    url: VAULT_ROUTES.reveal,
    headers: { host: 'vault.shop.example', origin: ELEMENTS, 'content-type': 'application/json', ...headers },
    payload: { origin: HOST, tokens: [token] },
  });

describe('when the audit row cannot be written', () => {
  it('A92 nothing is revealed', async () => {
    const proof = makeProof({ key, token: session, url: `${VAULT}${VAULT_ROUTES.reveal}`, now: START });
    const answer = await send({ authorization: `DPoP ${session}`, dpop: proof });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'unavailable' });
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).not.toContain('4242');
    expect(answer.body).not.toContain('disk');
  });

  it('A92 a refusal is not told either', async () => {
    expect((await send({ authorization: 'DPoP cls_unknown' })).statusCode).toBe(503);
  });
});
