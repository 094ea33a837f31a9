import { hasFormat, Secret, type Collected } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import type { Outcome, VaultCapabilities, VaultClient } from './vault-adapter.js';

/** What a session is for; a reveal is to be allowed as far as the fields themselves allow it. */
export type SessionNeed =
  | { readonly purpose: 'collect'; readonly collection: string }
  | { readonly purpose: 'reveal'; readonly tokens: readonly string[] };

/** A vault that was just opened over the shop's configuration (`test-support/shop-config.ts`). */
export interface OpenVault {
  readonly client: VaultClient;
  readonly capabilities: VaultCapabilities;
  /** A session for one request, or `undefined` for a vault that wants none. */
  readonly session: (need: SessionNeed) => Promise<string | undefined>;
  readonly passTime: (milliseconds: number) => void;
}

const ORIGIN = 'https://shop.example';
const CARD = { number: '4242424242424242', expiry: '2031-12', cvc: '737', name: 'Ngọc Canary' } as const;
const HOUR = 3_600_000;

const secrets = (values: Readonly<Record<string, string>>): ReadonlyMap<string, Secret> =>
  new Map(Object.entries(values).map(([field, value]) => [field, new Secret(value)]));

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code}`);
  return outcome.value;
}

/** What every adapter must hold to. */
export function describeVaultAdapter(name: string, open: () => Promise<OpenVault>): void {
  const store = async ({ client, session }: OpenVault, key: string, values: Readonly<Record<string, string>> = CARD) =>
    client.collect({
      collection: 'cards',
      origin: ORIGIN,
      values: secrets(values),
      idempotencyKey: key,
      session: await session({ purpose: 'collect', collection: 'cards' }),
    });
  const show = async ({ client, session }: OpenVault, tokens: readonly string[]) =>
    value(await client.reveal({ origin: ORIGIN, tokens, session: await session({ purpose: 'reveal', tokens }) }));
  const tokenOf = ({ tokens }: Collected, field: string): string => tokens[field] ?? 'none';

  describe(`${name} holds to the contract of vault adapters`, () => {
    it('answers a token of its own for every value and for nothing else', async () => {
      const { record, tokens } = value(await store(await open(), crypto.randomUUID()));
      expect(Object.keys(tokens).toSorted()).toEqual(['cvc', 'expiry', 'name', 'number']);
      const ids = [record, ...Object.values(tokens)];
      expect(ids.every((id) => hasFormat(id, 'uuid'))).toBe(true);
      expect(new Set(ids).size).toBe(5);
    });

    it('discloses the facts that the configuration names and no others', async () => {
      const { facts } = value(await store(await open(), crypto.randomUUID()));
      expect(facts).toEqual({ number: { brand: 'visa', last4: '4242' } });
    });

    it('A81 answers the record that exists when a key is repeated, and makes a new one for a new key', async () => {
      const vault = await open();
      expect(vault.capabilities.idempotency).toBe(true);
      const key = crypto.randomUUID();
      const first = value(await store(vault, key));
      expect(value(await store(vault, key))).toEqual(first);
      expect(value(await store(vault, crypto.randomUUID())).record).not.toBe(first.record);
    });

    it('shows each value as far as its field allows', async () => {
      const vault = await open();
      const card = value(await store(vault, crypto.randomUUID()));
      const shown = await show(vault, Object.values(card.tokens));
      const text = (field: string) => shown.get(tokenOf(card, field))?.text.expose();
      expect(text('number')).toBe('•••• 4242');
      expect(text('expiry')).toBe('12/31');
      expect(text('cvc')).toBe('');
      expect(text('name')).toBe('••••');
      expect(shown.get(tokenOf(card, 'expiry'))?.value.expose()).toBe('2031-12');
      expect(shown.get(tokenOf(card, 'name'))?.value.expose()).not.toContain('Canary');
    });

    it('A73 leaves out tokens that it does not know, and shows the others', async () => {
      const vault = await open();
      const card = value(await store(vault, crypto.randomUUID()));
      const shown = await show(vault, [crypto.randomUUID(), tokenOf(card, 'expiry')]);
      expect([...shown.keys()]).toEqual([tokenOf(card, 'expiry')]);
    });

    it('A103 forgets a security code after an hour, and nothing else with it', async () => {
      const vault = await open();
      const card = value(await store(vault, crypto.randomUUID()));
      vault.passTime(HOUR);
      const shown = await show(vault, Object.values(card.tokens));
      expect(shown.has(tokenOf(card, 'cvc'))).toBe(false);
      expect(shown.size).toBe(3);
    });

    it('stores nothing when one field is not of the collection', async () => {
      const vault = await open();
      const key = crypto.randomUUID();
      expect(await store(vault, key, { ...CARD, toString: 'x' })).toEqual({ ok: false, code: 'rejected' });
      expect(Object.keys(value(await store(vault, key)).tokens)).toHaveLength(4);
    });

    it('keeps values out of what it answers, canary included', async () => {
      const vault = await open();
      const outcome = await store(vault, crypto.randomUUID());
      const revealed = await show(vault, Object.values(value(outcome).tokens));
      const answered = JSON.stringify([outcome, [...revealed]]);
      for (const canary of [CARD.number, CARD.cvc, CARD.expiry, 'Canary']) expect(answered).not.toContain(canary);
      expect(JSON.stringify([outcome, CARD.number])).toContain(CARD.number);
    });
  });
}
