import { array, boolean, decode, object, oneOf, string, type Infer } from '@cloister/protocol';
import { TRAIT_KINDS, type Sighting, type Trait } from './trait.js';

/** What a page was when somebody approved it. */

const text = (max: number) => string({ max });

const known = object({
  kind: oneOf([...TRAIT_KINDS]),
  name: text(4000),
  /** Each value that it may have. */
  values: array(text(20_000), { max: 200 }),
  /** Whether every load had it. */
  always: boolean(),
});

/** Who said so, when, and why. */
const word = object({ by: string({ min: 1, max: 200 }), because: string({ min: 1, max: 2000 }), at: text(40) });

const baselineSchema = object({ page: text(2000), approved: word, traits: array(known, { max: 5000 }) });

export type KnownTrait = Infer<typeof known>;
export type Baseline = Infer<typeof baselineSchema>;
/** Who approved it, why, and when (ISO 8601). */
export type WatchApproval = Infer<typeof word>;

/** By which a trait is found again. */
export const keyOf = ({ kind, name }: Pick<Trait, 'kind' | 'name'>): string => `${kind} ${name}`;

const byKey = (one: KnownTrait, other: KnownTrait): number => (keyOf(one) < keyOf(other) ? -1 : 1);

/** Everything that was seen is approved. */
export function makeBaseline(page: string, sightings: readonly Sighting[], approved: WatchApproval): Baseline {
  const all = new Map<string, { readonly first: Trait; readonly values: Set<string>; readonly loads: Set<number> }>();
  for (const [load, { traits }] of sightings.entries())
    for (const trait of traits) {
      const entry = all.get(keyOf(trait)) ?? { first: trait, values: new Set(), loads: new Set() };
      entry.values.add(trait.value);
      entry.loads.add(load);
      all.set(keyOf(trait), entry);
    }
  const traits = [...all.values()].map(({ first: { kind, name }, values, loads }): KnownTrait => ({
    kind,
    name,
    values: [...values].sort(),
    always: loads.size === sightings.length,
  }));
  return { page, approved, traits: traits.sort(byKey) };
}

/** The file, or what is wrong with it. */
export type ReadBaseline =
  { readonly ok: true; readonly baseline: Baseline } | { readonly ok: false; readonly problem: string };

/** Reads a baseline that was written down. */
export function readBaseline(value: unknown): ReadBaseline {
  const read = decode(baselineSchema, value, 'shown');
  return read.ok ? { ok: true, baseline: read.value } : { ok: false, problem: `${read.path}: ${read.problem}` };
}
