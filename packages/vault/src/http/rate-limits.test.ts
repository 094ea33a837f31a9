import { VAULT_ROUTES, type Grant } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import type { VaultLimits } from '../options.js';
import { testKey } from '../test-support/proof.js';
import { HOST, openTestVault, type Answer, type TestVault } from '../test-support/test-vault.js';
import { addressKey } from './rate-limits.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 50 } as const satisfies Grant;

async function withLimits(limits: Partial<VaultLimits>, run: (vault: TestVault) => Promise<void>): Promise<void> {
  const vault = await openTestVault({ limits });
  try {
    await run(vault);
  } finally {
    await vault.vault.close();
  }
}

function expectLimited(answer: Answer | undefined): void {
  expect(answer?.status).toBe(429);
  expect(answer?.json).toMatchObject({ code: 'rate-limited' });
  expect(Number(answer?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
}

describe('budgets', () => {
  it('A102 of a coordinator key: card testing stops', () =>
    withLimits({ perThumbprint: 4 }, async (vault) => {
      const session = await vault.session(key, collect);
      const answers = [];
      for (let index = 0; index < 6; index += 1) answers.push(await vault.record({ session, key }));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 429, 429]);
      expectLimited(answers[4]);
      const second = await vault.session(key, collect);
      expectLimited(await vault.record({ session: second, key }));
    }));

  it('A99 of an address, whatever X-Forwarded-For says', () =>
    withLimits({ perAddress: 3 }, async (vault) => {
      for (let index = 0; index < 5; index += 1) {
        const headers = { 'x-forwarded-for': `192.0.2.${String(index)}`, forwarded: `for=192.0.2.${String(index)}` };
        const answer = await vault.call({ path: VAULT_ROUTES.health, method: 'GET', headers });
        if (index < 3) expect(answer.status).toBe(200);
        else expectLimited(answer);
      }
    }));

  it('A99 of the address that a trusted proxy names', async () => {
    const vault = await openTestVault({ limits: { perAddress: 1 }, trustedProxies: ['127.0.0.1'] });
    const from = async (ip: string): Promise<number> =>
      (await vault.call({ path: VAULT_ROUTES.health, method: 'GET', headers: { 'x-forwarded-for': ip } })).status;
    expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]).toEqual([200, 200, 429]);
    await vault.vault.close();
  });

  it('of a service account', () =>
    withLimits({ perAccount: 2 }, async (vault) => {
      const answers = [];
      for (let index = 0; index < 3; index += 1) answers.push(await vault.requestSession(key, collect));
      expectLimited(answers[2]);
    }));

  it('of revealed tokens: a stolen credential does not empty the vault', () =>
    withLimits({ tokensPerAccount: 5 }, async (vault) => {
      const tokens = Array.from({ length: 3 }, () => crypto.randomUUID());
      const session = await vault.session(key, { purpose: 'reveal', tokens, origin: HOST, uses: 5 });
      const call = { path: VAULT_ROUTES.reveal, session, key, body: { origin: HOST, tokens } };
      expect((await vault.withSession(call)).status).toBe(200);
      expectLimited(await vault.withSession(call));
    }));

  it('A102 of revealed tokens are not touched by a session that is spent, unlisted, or for something else', () =>
    withLimits({ tokensPerAccount: 5 }, async (vault) => {
      const [listed, ...others] = Array.from({ length: 5 }, () => crypto.randomUUID());
      const tokens = [listed ?? '', ...others];
      const ask = async (session: string): Promise<number> =>
        (await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body: { origin: HOST, tokens } })).status;
      const narrow = await vault.session(key, { purpose: 'reveal', tokens: tokens.slice(0, 1), origin: HOST, uses: 2 });
      expect([await ask(narrow), await ask(narrow), await ask(narrow), await ask(narrow)]).toEqual([
        200, 200, 401, 401,
      ]);
      expect(await ask(await vault.session(key, collect))).toBe(403);
      const another = await vault.session(key, { purpose: 'reveal', tokens: tokens.slice(0, 3), origin: HOST });
      expect(await ask(another)).toBe(200);
    }));

  it('leave one audit row for a flood', () =>
    withLimits({ perThumbprint: 1 }, async (vault) => {
      const session = await vault.session(key, collect);
      for (let index = 0; index < 5; index += 1) await vault.record({ session, key });
      expect((await vault.audited()).filter((row) => row.endsWith(' rate'))).toEqual(['record.create rate']);
    }));

  it('A75 fail closed when no more proofs can be remembered', () =>
    withLimits({ proofs: 2 }, async (vault) => {
      const session = await vault.session(key, collect);
      const answers = [];
      for (let index = 0; index < 3; index += 1) answers.push(await vault.record({ session, key }));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 503]);
      vault.advance(70_000);
      expect((await vault.record({ session, key })).status).toBe(201);
    }));
});

describe('the address that a budget belongs to', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('A99 of %s is %s', (ip, expected) => {
    expect(addressKey(ip)).toBe(expected);
  });
});
