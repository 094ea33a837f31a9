import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBaseline, readBaseline } from './baseline.js';
import { watchFindings } from './compare.js';
import { headerTraits, settled } from './headers.js';
import { TRAIT_KINDS, type Sighting, type Trait } from './trait.js';

const PAGE = 'https://shop.example/checkout';
const WORD = { by: 'Ann', because: 'first', at: '2026-06-01T00:00:00Z' };
const sighting = (traits: readonly Trait[], profile = 'desktop'): Sighting => ({ profile, traits });
const policy = (value: string): Trait => ({ kind: 'header', name: 'content-security-policy', value });
const frame = (value: string, name = 'https://elements.example/collect.html'): Trait => ({
  kind: 'frame',
  name,
  value,
});
const baseline = makeBaseline(PAGE, [sighting([policy('a'), frame('sandbox')]), sighting([policy('a')])], WORD);

const traits = fc.array(
  fc.record({
    kind: fc.constantFrom(...TRAIT_KINDS),
    name: fc.string({ maxLength: 5 }),
    value: fc.string({ maxLength: 5 }),
  }),
);

describe('a page that is watched', () => {
  it.each<[string, Trait, object]>([
    ['a header says something else', policy('b'), { problem: 'changed', before: ['a'], after: 'b' }],
    ['a frame lost its sandbox', frame(''), { problem: 'changed', kind: 'frame', before: ['sandbox'] }],
    ['a frame is there that was not', frame('sandbox', 'https://evil.example/'), { problem: 'added', before: [] }],
  ])('alarms where %s', (_, trait, finding) => {
    const others = [policy('a')].filter(({ kind }) => kind !== trait.kind);
    expect(watchFindings([sighting([...others, trait])], baseline)).toMatchObject([finding]);
  });

  it('alarms where a header that was always there is gone, even once, and says for whom', () => {
    const seen = [sighting([policy('a')]), sighting([], 'mobile'), sighting([policy('a')], 'mobile')];
    expect(watchFindings(seen, baseline)).toEqual([
      {
        problem: 'gone',
        kind: 'header',
        name: 'content-security-policy',
        before: ['a'],
        after: '',
        note: '',
        loads: 1,
        of: 3,
        profiles: ['mobile'],
      },
    ]);
  });

  it('does not alarm where a frame is not there', () => {
    expect(watchFindings([sighting([policy('a')])], baseline)).toEqual([]);
  });

  it('law: a page that is as it was approved gives no alarm, and its baseline is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          traits.map((each) => sighting(each)),
          { minLength: 1, maxLength: 4 },
        ),
        (sightings) => {
          const made = makeBaseline(PAGE, sightings, WORD);
          expect(watchFindings(sightings, made)).toEqual([]);
          expect(readBaseline(JSON.parse(JSON.stringify(made)))).toEqual({ ok: true, baseline: made });
        },
      ),
    );
  });

  it('law: whatever is not in the baseline is named', () => {
    fc.assert(
      fc.property(traits, traits, (approved, seen) => {
        const made = makeBaseline(PAGE, [sighting(approved)], WORD);
        const fresh = seen.filter(
          ({ kind, name, value }) =>
            !approved.some((one) => one.kind === kind && one.name === name && one.value === value),
        );
        const named = watchFindings([sighting(seen)], made).filter(({ problem }) => problem !== 'gone');
        const lines = (list: readonly { kind: string; name: string }[]): ReadonlySet<string> =>
          new Set(list.map(({ kind, name }) => `${kind} ${name}`));
        expect(lines(named)).toEqual(lines(fresh));
      }),
    );
  });

  it.each([[undefined], [{}], [{ ...baseline, approved: { ...WORD, by: '' } }], [{ ...baseline, more: 1 }]])(
    'is not compared with a baseline that is none: %j',
    (value) => {
      expect(readBaseline(value)).toMatchObject({ ok: false });
    },
  );
});

describe('headers', () => {
  it('are watched where they protect, each once, and a nonce is any nonce', () => {
    const seen = headerTraits([
      ['Content-Security-Policy', "script-src 'nonce-abc+/=' 'self'"],
      ['Date', 'today'],
      ['content-security-policy', "default-src 'none'"],
    ]);
    expect(seen).toEqual([
      { kind: 'header', name: 'content-security-policy', value: "default-src 'none', script-src 'nonce-…' 'self'" },
    ]);
  });

  it.each([
    ["default-src 'self'; img-src a.example b.example", "IMG-SRC b.example  a.example ;default-src 'self';", true],
    ["script-src 'nonce-a' b.example", "script-src b.example 'nonce-z'", true],
    ["default-src 'none', img-src 'self'", "img-src 'self',default-src 'none'", true],
    ["script-src 'nonce-a'", "script-src 'nonce-a' 'nonce-b'", false],
    ['script-src a; script-src b', 'script-src b; script-src a', false],
    ["default-src 'none'; img-src a", "default-src 'none', img-src a", false],
    ['report-to a b', 'report-to b a', false],
    ["default-src 'self'", "default-src 'self' 'unsafe-inline'", false],
  ])('%s and %s are the same policy: %j', (one, other, same) => {
    expect(settled(one) === settled(other)).toBe(same);
  });

  it('law: a policy that only stands in another order is the same', () => {
    const words = fc.uniqueArray(fc.constantFrom("'self'", 'a.example', 'https:', "'nonce-abc'"), { minLength: 1 });
    const lists = fc.uniqueArray(fc.tuple(fc.constantFrom('img-src', 'script-src', 'sandbox', 'x'), words), {
      selector: ([name]) => name,
    });
    const text = (all: readonly (readonly [string, readonly string[]])[]): string =>
      all.map(([name, list]) => [name, ...list].join(' ')).join('; ');
    fc.assert(
      fc.property(lists, (all) => {
        const turned = all.toReversed().map(([name, list]) => [name, list.toReversed()] as const);
        expect(settled(text(turned))).toBe(settled(text(all)));
      }),
    );
  });
});
