import { keyOf, type Baseline, type KnownTrait } from './baseline.js';
import type { Sighting, Trait, TraitKind } from './trait.js';

/** What is not as it was approved. */
export interface WatchFinding {
  readonly problem: 'added' | 'changed' | 'gone';
  readonly kind: TraitKind;
  readonly name: string;
  /** What was approved; empty for what was added. */
  readonly before: readonly string[];
  /** What is there now; empty for what is gone. */
  readonly after: string;
  readonly note: string;
  /** In how many of the loads it was seen. */
  readonly loads: number;
  readonly of: number;
  /** Kinds of visitors that saw it. */
  readonly profiles: readonly string[];
}

/** Those whose absence is an alarm: what is missing there protects nobody. A script or a frame that is not there harms nobody. */
const MUST_STAY: ReadonlySet<TraitKind> = new Set(['header', 'meta']);

type One = Pick<WatchFinding, 'problem' | 'kind' | 'name' | 'before' | 'after' | 'note'>;

const absent = (trait: KnownTrait): One => {
  const { kind, name, values: before } = trait;
  return { problem: 'gone', kind, name, before, after: '', note: '' };
};

function judge(trait: Trait, known: ReadonlyMap<string, KnownTrait>): One | undefined {
  const { kind, name, value: after, note = '' } = trait;
  const before = known.get(keyOf(trait))?.values;
  if (before?.includes(after) === true) return undefined;
  return { problem: before === undefined ? 'added' : 'changed', kind, name, before: before ?? [], after, note };
}

function inSighting({ traits }: Sighting, known: ReadonlyMap<string, KnownTrait>): readonly One[] {
  const present = new Set(traits.map(keyOf));
  const missing = [...known.values()].filter(
    (trait) => trait.always && MUST_STAY.has(trait.kind) && !present.has(keyOf(trait)),
  );
  return [...traits.flatMap((trait) => judge(trait, known) ?? []), ...missing.map(absent)];
}

/** Compares what visitors got with what was approved. Each difference is named once, with how many of them saw it. */
export function watchFindings(sightings: readonly Sighting[], { traits }: Baseline): readonly WatchFinding[] {
  const known = new Map(traits.map((trait) => [keyOf(trait), trait]));
  const all = new Map<string, { readonly one: One; readonly loads: Set<number>; readonly profiles: Set<string> }>();
  for (const [load, sighting] of sightings.entries())
    for (const one of inSighting(sighting, known)) {
      const key = JSON.stringify([one.problem, one.kind, one.name, one.after]);
      const entry = all.get(key) ?? { one, loads: new Set(), profiles: new Set() };
      entry.loads.add(load);
      entry.profiles.add(sighting.profile);
      all.set(key, entry);
    }
  return [...all.values()].map(({ one, loads, profiles }) => ({
    ...one,
    loads: loads.size,
    of: sightings.length,
    profiles: [...profiles],
  }));
}
