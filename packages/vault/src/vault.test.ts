import { VAULT_ROUTES } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testKey } from './test-support/proof.js';
import { CARD, HOST, openTestVault, type TestVault } from './test-support/test-vault.js';

let vault: TestVault;
beforeEach(async () => {
  vault = await openTestVault();
});
afterEach(() => vault.vault.close());

describe('the whole way', () => {
  it('turns values into tokens and shows them again in a session of their own', async () => {
    const { tokens, facts } = await vault.store();
    expect(Object.keys(tokens).sort()).toEqual(['cvc', 'expiry', 'name', 'number']);
    expect(facts).toEqual({ number: { brand: 'visa', last4: '4242' } });
    const key = testKey();
    const listed = [String(tokens['number']), String(tokens['expiry'])];
    const session = await vault.session(key, { purpose: 'reveal', tokens: listed, origin: HOST, redaction: 'plain' });
    const answer = await vault.withSession({
      path: VAULT_ROUTES.reveal,
      session,
      key,
      body: { origin: HOST, tokens: listed },
    });
    expect(answer.json).toEqual({
      values: [
        { token: listed[0], type: 'card-number', redaction: 'plain', value: CARD.number, text: '4242 4242 4242 4242' },
        { token: listed[1], type: 'card-expiry', redaction: 'plain', value: '2031-07', text: '07/31' },
      ],
    });
    expect(await vault.audited()).toEqual([
      'credential.create',
      'session.create',
      'record.create',
      'session.create',
      'reveal',
    ]);
    expect(await vault.vault.audit.verify()).toEqual({ ok: true, rows: 5 });
  });
});
