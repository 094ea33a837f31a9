import { configSchema, parseConfig, type ParsedConfig } from '@cloister/protocol';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { anyValue, mutated } from '../../support/fuzz/mutate.js';
import { ofSchema } from '../../support/fuzz/of-schema.js';
import { RUNS } from '../../support/fuzz/runs.js';

const HOUR = 3_600_000;
/** ECMAScript's last moment is 8.64e15 ms after the first; what is kept must end before it. */
const LAST_MOMENT = 8.64e15;

const shop = {
  hosts: ['https://shop.example'],
  elements: 'https://elements.shop.example',
  vault: 'https://vault.shop.example',
  collections: { cards: { number: { type: 'card-number' }, cvc: { type: 'card-cvc', keep: '30m' } } },
};

afterEach(() => {
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

/** A configuration that keeps the promises which the rest of the system builds on, or issues that can be acted on. */
function expectSound(parsed: ParsedConfig): void {
  if (!parsed.ok) {
    expect(parsed.issues.length).toBeGreaterThan(0);
    for (const { path, problem, fix } of parsed.issues) {
      expect(path.startsWith('/')).toBe(true);
      expect(problem.length * fix.length).toBeGreaterThan(0);
    }
    return;
  }
  const { hosts, elements, vault, collections } = parsed.config;
  expect(new Set([...hosts, elements, vault]).size).toBe(new Set(hosts).size + 2);
  for (const { type, keep, reveal, disclose } of Object.values(collections).flatMap((fields) =>
    Object.values(fields),
  )) {
    if (keep !== null) expect(keep > 0 && Number.isSafeInteger(keep) && keep < LAST_MOMENT / 100).toBe(true);
    if (type === 'card-cvc') expect(keep !== null && keep <= HOUR).toBe(true);
    if (type !== 'card-number') expect(disclose).toEqual([]);
    expect(['redacted', 'masked', 'last4', 'plain']).toContain(reveal);
  }
}

const valid = ofSchema(configSchema);
/** Whole configurations seldom stay valid under three changes; this one starts from what does. */
const near = fc.constant<unknown>(shop);

describe('the configuration loader', () => {
  it('takes the shop, which the laws below start from', () => {
    expect(parseConfig(shop)).toMatchObject({ ok: true });
  });

  it('A42 A103 answers a sound configuration or issues that say where and what, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(valid, mutated(valid), mutated(near), anyValue), (value) => expectSound(parseConfig(value))),
      { numRuns: RUNS },
    );
  });

  it('A103 reads a duration as digits and a unit, and nothing else', () => {
    const amount = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom('1e9', '0x9', ' 9', '9 ', '+9', '1_0', '٣', '1.0'),
    );
    fc.assert(
      fc.property(amount, fc.constantFrom('m', 'h', 'd', 's', ''), (text, unit) => {
        const keep = `${text}${unit}`;
        const parsed = parseConfig({ ...shop, collections: { c: { f: { type: 'text', keep } } } });
        expect(parsed.ok).toBe(/^0*[1-9]\d*[mhd]$/u.test(keep));
        expectSound(parsed);
      }),
      { numRuns: RUNS },
    );
  });

  const many = (count: number, part: unknown): unknown =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${String(index)}`, part]));
  const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

  it.each<readonly [string, unknown]>([
    ['a hundred thousand collections', { ...shop, collections: many(100_000, { f: { type: 'text' } }) }],
    ['a hundred thousand fields', { ...shop, collections: { cards: many(100_000, { type: 'text' }) } }],
    ['a hundred thousand hosts', { ...shop, hosts: Array.from({ length: 100_000 }, () => shop.hosts[0]) }],
    ['a name of 10 MB', { ...shop, collections: { ['x'.repeat(1e7)]: { f: { type: 'text' } } } }],
    ['an origin of 10 MB', { ...shop, vault: `https://${'x'.repeat(1e7)}.example` }],
    ['five thousand levels', { ...shop, collections: deep(5000) }],
    ['a top level of another kind', [shop]],
    ['__proto__ instead of its own keys', JSON.parse(`{"__proto__":${JSON.stringify(shop)}}`)],
    ['a collection called constructor', { ...shop, collections: JSON.parse('{"constructor":{"f":{"type":"text"}}}') }],
    ['a field called __proto__', { ...shop, collections: { c: JSON.parse('{"__proto__":{"type":"text"}}') } }],
    [
      'an option called __proto__',
      { ...shop, collections: { c: { f: JSON.parse('{"type":"text","__proto__":{}}') } } },
    ],
  ])('A42 A44 refuses %s with one issue', (_, value) => {
    const parsed = parseConfig(value);
    expectSound(parsed);
    expect(parsed.ok ? 0 : parsed.issues.length).toBe(1);
  });
});
