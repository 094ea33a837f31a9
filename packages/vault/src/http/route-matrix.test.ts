import { randomUUID } from 'node:crypto';
import { VAULT_ROUTES, decode, sessionResponse, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProof, testKey } from '../test-support/proof.js';
import { CARD, HOST, VAULT, openTestVault, type Answer, type TestVault } from '../test-support/test-vault.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const CALLERS = ['nobody', 'backend', 'backend by DPoP', 'session as bearer', 'collect', 'reveal', 'expired'] as const;
type Caller = (typeof CALLERS)[number];

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 50 } as const satisfies Grant;

let vault: TestVault;
let token: string;
let ownSession: string;
beforeEach(async () => {
  vault = await openTestVault();
  token = String((await vault.store()).tokens['number']);
  ownSession = await sessionId(vault.credential);
});
afterEach(() => vault.vault.close());

/** Id of a new session of the account that has the credential. */
async function sessionId(credential: string): Promise<string> {
  const answer = await vault.call({
    path: VAULT_ROUTES.sessions,
    headers: { authorization: `Bearer ${credential}` },
    body: { thumbprint: key.thumbprint, grant: collect },
  });
  const decoded = decode(sessionResponse, answer.json);
  if (!decoded.ok) throw new Error(`no session: ${answer.text}`);
  return decoded.value.id;
}

/** What a caller shows. Each has something real; the matrix says for what it is good. */
async function shownBy(caller: Caller, method: string, path: string): Promise<Readonly<Record<string, string>>> {
  const reveal: Grant = { purpose: 'reveal', tokens: [token], origin: HOST, uses: 50 };
  const prove = (session: string) => ({
    authorization: `DPoP ${session}`,
    dpop: makeProof({ key, token: session, url: `${VAULT}${path}`, now: vault.now, payload: { htm: method } }),
  });
  switch (caller) {
    case 'nobody':
      return {};
    case 'backend':
      return { authorization: `Bearer ${vault.credential}` };
    case 'backend by DPoP':
      return prove(vault.credential);
    case 'session as bearer':
      return { authorization: `Bearer ${await vault.session(key, collect)}` };
    case 'collect':
      return prove(await vault.session(key, collect));
    case 'reveal':
      return prove(await vault.session(key, reveal));
    case 'expired': {
      const old = await vault.session(key, { ...collect, minutes: 1 });
      vault.advance(60_001);
      return prove(old);
    }
  }
}

const only = (allowed: Partial<Record<Caller, number>>, others: number): readonly number[] =>
  CALLERS.map((caller) => allowed[caller] ?? others);

/** The whole table: route → status for each caller, in the order of `CALLERS`. A route that is not here fails the test. */
const MATRIX: Readonly<Record<string, { readonly expected: readonly number[]; readonly body?: () => object }>> = {
  'POST /v1/sessions': {
    expected: only({ backend: 201 }, 401),
    body: () => ({ thumbprint: key.thumbprint, grant: collect }),
  },
  'DELETE /v1/sessions/:id': { expected: only({ backend: 204 }, 401) },
  'POST /v1/records': {
    expected: only({ collect: 201, reveal: 403 }, 401),
    body: () => ({ collection: 'cards', origin: HOST, values: CARD }),
  },
  'POST /v1/reveal': {
    expected: only({ collect: 403, reveal: 200 }, 401),
    body: () => ({ origin: HOST, tokens: [token] }),
  },
  // A preflight is answered to the elements origin alone; nobody here comes from a browser.
  'OPTIONS /v1/records': { expected: only({}, 403) },
  'OPTIONS /v1/reveal': { expected: only({}, 403) },
  'GET /healthz': { expected: only({}, 200) },
  'GET /openapi.json': { expected: only({}, 200) },
};

const served = (): readonly string[] =>
  Object.values(VAULT_ROUTES).flatMap((url) =>
    METHODS.filter((method) => vault.vault.app.hasRoute({ method, url })).map((method) => `${method} ${url}`),
  );

async function ask(row: string, caller: Caller): Promise<number> {
  const [method, path] = row.split(' ') as ['GET', string];
  const headers = { ...(await shownBy(caller, method, path)), 'idempotency-key': randomUUID() };
  const body = MATRIX[row]?.body?.();
  const target = { method, path: path.replace(':id', ownSession), headers };
  return (await vault.call(body === undefined ? target : { ...target, body })).status;
}

describe('routes and scopes', () => {
  it('A74 A105 every route that is served is in the matrix, and none administers', () => {
    expect(served().toSorted()).toEqual(Object.keys(MATRIX).toSorted());
    // Nothing is registered beside the contract's list of paths either.
    const printed = vault.vault.app.printRoutes({ commonPrefix: false });
    expect(printed.match(/\(/gu)?.length).toBe(Object.keys(VAULT_ROUTES).length);
    expect(printed).not.toMatch(/admin|credential|audit|key|backup|config|metrics|debug/iu);
  });

  it.each(Object.keys(MATRIX))('A74 %s opens to its own scope and to no other', async (row) => {
    const answers: number[] = [];
    for (const caller of CALLERS) answers.push(await ask(row, caller));
    expect(Object.fromEntries(CALLERS.map((caller, at) => [caller, answers[at]]))).toEqual(
      Object.fromEntries(CALLERS.map((caller, at) => [caller, MATRIX[row]?.expected[at]])),
    );
  });
});

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gu;

/** Everything of an answer that its asker could compare; ids that are new each time, masked. */
const seen = ({ status, headers, text }: Answer): string =>
  JSON.stringify({ status, headers, text }).replaceAll(UUID, 'id');

/** Each route that takes an id: how it is asked about one. Routes without an id are listed as such. */
const WITH_ID: Readonly<Record<string, ((id: string) => Promise<Answer>) | 'no id'>> = {
  'POST /v1/sessions': 'no id',
  'DELETE /v1/sessions/:id': (id) =>
    vault.call({
      method: 'DELETE',
      path: VAULT_ROUTES.session.replace(':id', id),
      headers: { authorization: `Bearer ${vault.credential}` },
    }),
  'POST /v1/records': async (id) =>
    vault.record({ session: await vault.session(key, collect), key, idempotencyKey: id }),
  'POST /v1/reveal': async (id) => {
    const session = await vault.session(key, { purpose: 'reveal', tokens: [randomUUID()], origin: HOST });
    return vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body: { origin: HOST, tokens: [id] } });
  },
  'OPTIONS /v1/records': 'no id',
  'OPTIONS /v1/reveal': 'no id',
  'GET /healthz': 'no id',
  'GET /openapi.json': 'no id',
};

/** An id of each kind that exists and is somebody else's. */
async function foreignIds(): Promise<readonly string[]> {
  const { credential } = await vault.vault.credentials.create({ name: 'other', days: 1 });
  const stranger = testKey();
  const idempotencyKey = randomUUID();
  await vault.record({ session: await vault.session(stranger, collect), key: stranger, idempotencyKey });
  const { record } = await vault.store();
  return [await sessionId(credential), idempotencyKey, token, record];
}

describe('ids of others', () => {
  it('A73 every route is looked at', () => {
    expect(served().toSorted()).toEqual(Object.keys(WITH_ID).toSorted());
  });

  it.each(Object.entries(WITH_ID).flatMap(([route, how]) => (how === 'no id' ? [] : [[route, how] as const])))(
    'A73 %s: what is somebody else’s looks like what is not there, byte for byte',
    async (_route, how) => {
      const unknown = seen(await how(randomUUID()));
      for (const id of await foreignIds()) expect(seen(await how(id))).toBe(unknown);
    },
  );

  it('A73 a session is ended by its own account alone: asked by the other, it lives', async () => {
    const { credential } = await vault.vault.credentials.create({ name: 'other', days: 1 });
    const ask = async (by: string): Promise<number> => {
      const path = VAULT_ROUTES.session.replace(':id', ownSession);
      return (await vault.call({ method: 'DELETE', path, headers: { authorization: `Bearer ${by}` } })).status;
    };
    expect([await ask(credential), await ask(vault.credential), await ask(vault.credential)]).toEqual([404, 204, 404]);
    expect((await vault.audited()).slice(-3)).toEqual([
      'session.revoke session',
      'session.revoke',
      'session.revoke session',
    ]);
  });

  it.each(['x', '..%2fsessions', "' OR 1=1 --", '00000000-0000-4000-8000-00000000000G', '%00'])(
    'A73 A84 no session is ended by the id %j',
    async (id) => {
      const path = `/v1/sessions/${id.startsWith('%') || id.startsWith('..') ? id : encodeURIComponent(id)}`;
      const headers = { authorization: `Bearer ${vault.credential}` };
      expect((await vault.call({ method: 'DELETE', path, headers })).status).toBe(404);
      expect(await sessionId(vault.credential)).toMatch(UUID);
    },
  );
});
