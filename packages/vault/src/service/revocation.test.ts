import { VAULT_ROUTES, decode, sessionResponse, type Grant } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from '../test-support/proof.js';
import { HOST, openTestVault, type TestVault } from '../test-support/test-vault.js';

const key = testKey();
const WIDE = { perThumbprint: 10_000, tokensPerAccount: 10_000 };
const USES = 100;

let vault: TestVault;
let tokens: readonly string[];
beforeEach(async () => {
  vault = await openTestVault({ limits: WIDE });
  tokens = [String((await vault.store()).tokens['number'])];
});
afterEach(() => vault.vault.close());

async function mint(): Promise<{ readonly id: string; readonly token: string }> {
  const grant: Grant = { purpose: 'reveal', tokens, origin: HOST, uses: USES };
  const answer = decode(sessionResponse, (await vault.requestSession(key, grant)).json);
  if (!answer.ok) throw new Error('no session');
  return answer.value;
}

const use = async (session: string): Promise<number> =>
  (await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body: { origin: HOST, tokens } })).status;

const endSession = async (id: string): Promise<void> => {
  const path = VAULT_ROUTES.session.replace(':id', id);
  const headers = { authorization: `Bearer ${vault.credential}` };
  expect((await vault.call({ method: 'DELETE', path, headers })).status).toBe(204);
};

const endCredential = async (): Promise<void> => {
  const [shop] = await vault.vault.credentials.list();
  expect(await vault.vault.credentials.revoke(shop?.id ?? '')).toBeGreaterThan(0);
};

const SHOPPERS = 25;

/** Every use of every session, by many who ask at once and again and again; in their midst, one revocation. */
async function race(sessions: readonly string[], revoke: () => Promise<void>): Promise<readonly number[]> {
  const waiting = Array.from({ length: USES }, () => sessions).flat();
  const statuses: number[] = [];
  let revoking: Promise<void> | undefined;
  const shop = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      statuses.push(await use(next));
      if (statuses.length > USES / 5) revoking ??= revoke();
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, shop));
  await revoking;
  return statuses;
}

describe('revocation', () => {
  it.each([
    ['a session', 1],
    ['a credential with its sessions', 10],
  ])('A79 of %s while it is used: nothing succeeds after the commit', async (_title, count) => {
    const sessions: { readonly id: string; readonly token: string }[] = [];
    for (let index = 0; index < count; index += 1) sessions.push(await mint());
    const [first] = sessions;
    const before = (await vault.audited()).length;
    const revoke = count === 1 ? () => endSession(first?.id ?? '') : endCredential;
    const statuses = await race(
      sessions.map(({ token }) => token),
      revoke,
    );
    const rows = (await vault.audited()).slice(before);
    const at = rows.findIndex((row) => row.endsWith('.revoke'));
    const successes = statuses.filter((status) => status === 200).length;
    // The audit chain is in the order of the commits: exactly the successes stand before the revocation.
    expect(rows.slice(0, at).filter((row) => row === 'reveal').length).toBe(successes);
    expect(rows.slice(at)).not.toContain('reveal');
    expect(successes).toBeGreaterThanOrEqual(USES / 5);
    expect(new Set(statuses)).toEqual(new Set([200, 401]));
    expect(statuses.length).toBe(count * USES);
    for (const { token } of sessions) expect(await use(token)).toBe(401);
  });

  it('A79 of a credential ends it for minting at once, and leaves those of others', async () => {
    const { credential } = await vault.vault.credentials.create({ name: 'other', days: 1 });
    const mine = (await vault.vault.credentials.list()).find(({ name }) => name === 'shop');
    const session = await mint();
    const [minted, sessions] = await Promise.all([
      vault.requestSession(key, { purpose: 'collect', collection: 'cards', origin: HOST }),
      vault.vault.credentials.revoke(mine?.id ?? ''),
    ]);
    expect([201, 401]).toContain(minted.status);
    expect(sessions).toBe(minted.status === 201 ? 3 : 2);
    expect(await use(session.token)).toBe(401);
    const again = (by: string) =>
      vault.call({
        path: VAULT_ROUTES.sessions,
        headers: { authorization: `Bearer ${by}` },
        body: { thumbprint: key.thumbprint, grant: { purpose: 'collect', collection: 'cards', origin: HOST } },
      });
    expect((await again(vault.credential)).status).toBe(401);
    expect((await again(credential)).status).toBe(201);
    expect((await vault.vault.credentials.list()).map(({ name }) => name)).toEqual(['other']);
  });

  it('of what is not there says so', async () => {
    expect(await vault.vault.credentials.revoke(crypto.randomUUID())).toBeUndefined();
    expect(await vault.vault.credentials.revoke('not an id')).toBeUndefined();
  });
});
