import { describe, expect, it } from 'vitest';
import { parseConfig } from './parse-config.js';

const base = {
  hosts: ['https://shop.example'],
  elements: 'https://elements.shop.example',
  vault: 'https://vault.shop.example',
  collections: {
    cards: {
      number: { type: 'card-number', reveal: 'last4', disclose: ['brand', 'last4'] },
      cvc: { type: 'card-cvc' },
      note: { type: 'text', keep: '90d', optional: true },
    },
  },
};

const withField = (field: object): unknown => ({ ...base, collections: { cards: { field } } });

describe('parseConfig', () => {
  it('fills in safe defaults: UUID tokens, masked reveal, nothing disclosed, no copying, a CVC for an hour', () => {
    const parsed = parseConfig(base);
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    expect(parsed.config.adapter).toBe('cloister');
    expect(parsed.config.copy).toBe(false);
    expect(parsed.config.collections['cards']).toEqual({
      number: {
        type: 'card-number',
        token: 'uuid',
        reveal: 'last4',
        disclose: ['brand', 'last4'],
        keep: null,
        optional: false,
      },
      cvc: { type: 'card-cvc', token: 'uuid', reveal: 'redacted', disclose: [], keep: 3_600_000, optional: false },
      note: { type: 'text', token: 'uuid', reveal: 'masked', disclose: [], keep: 7_776_000_000, optional: true },
    });
  });

  it.each([
    ['a spelling mistake', { ...base, host: [] }, '/host'],
    ['a trailing slash', { ...base, elements: 'https://elements.shop.example/' }, '/elements'],
    ['copying allowed in words', { ...base, copy: 'yes' }, '/copy'],
    ['a wildcard host', { ...base, hosts: ['https://*.shop.example'] }, '/hosts/0'],
    ['a host list that is empty', { ...base, hosts: [] }, '/hosts'],
    ['plain http off loopback', { ...base, vault: 'http://vault.shop.example' }, '/vault'],
    ['frames on a host page’s own origin', { ...base, elements: 'https://shop.example' }, '/elements'],
    ['frames and vault on one origin', { ...base, vault: base.elements }, '/vault'],
    ['the vault on a host page’s own origin', { ...base, vault: 'https://shop.example' }, '/vault'],
    ['an unknown type', withField({ type: 'iban' }), '/collections/cards/field/type'],
    ['a misspelt field option', withField({ type: 'text', reveals: 'plain' }), '/collections/cards/field/reveals'],
    ['a duration of three million years', withField({ type: 'text', keep: '1e9d' }), '/collections/cards/field/keep'],
    ['a duration in words', withField({ type: 'text', keep: 'ever' }), '/collections/cards/field/keep'],
    ['A103 a CVC kept for a day', withField({ type: 'card-cvc', keep: '1d' }), '/collections/cards/field/keep'],
    ['A103 a CVC that is shown', withField({ type: 'card-cvc', reveal: 'plain' }), '/collections/cards/field/reveal'],
    [
      'A103 a CVC that is half shown',
      withField({ type: 'card-cvc', reveal: 'masked' }),
      '/collections/cards/field/reveal',
    ],
    ['facts of a CVC', withField({ type: 'card-cvc', disclose: ['last4'] }), '/collections/cards/field/disclose'],
    ['facts of a name', withField({ type: 'person-name', disclose: ['last4'] }), '/collections/cards/field/disclose'],
    [
      'A42 a collection called __proto__',
      JSON.parse(
        '{"hosts":["https://a.example"],"elements":"https://b.example","vault":"https://c.example","collections":{"__proto__":{}}}',
      ),
      '/collections/__proto__',
    ],
  ])('%s is refused, with where it stands and how to mend it', (_, value, path) => {
    const parsed = parseConfig(value);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.issues[0]).toMatchObject({ path });
    expect(parsed.issues[0]?.fix.length).toBeGreaterThan(5);
  });

  it('names every issue at once, once the shape is right', () => {
    const parsed = parseConfig({ ...base, vault: 'http://v.example', elements: 'http://e.example' });
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.path)).toEqual(['/elements', '/vault']);
  });

  it('accepts http on loopback names, for development', () => {
    const parsed = parseConfig({
      ...base,
      hosts: ['http://shop.localhost:4100'],
      elements: 'http://elements.localhost:4101',
      vault: 'http://127.0.0.1:4102',
    });
    expect(parsed.ok).toBe(true);
  });
});
