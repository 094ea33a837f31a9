import { describe, expect, it } from 'vitest';
import { MODES } from '../../support/bench-page.js';
import { FIELD_TYPES } from '../../support/information/secrets.js';
import { SCRIPTS } from '../../support/twin/scripts.js';
import { DISCLOSURES, visitsFor, type Visit } from '../../support/twin/visits.js';

const factors = { types: FIELD_TYPES, scripts: Object.keys(SCRIPTS), modes: MODES };
const visits = visitsFor(factors);

const FACTORS = {
  type: (): readonly string[] => factors.types,
  script: (): readonly string[] => factors.scripts,
  mode: (): readonly string[] => MODES,
  disclosure: (): readonly string[] => DISCLOSURES,
} as const;
type Factor = keyof typeof FACTORS;
const NAMES = Object.keys(FACTORS) as readonly Factor[];
const PAIRS = NAMES.flatMap((one, at) => NAMES.slice(at + 1).map((other) => [one, other] as const));

const rows = (list: readonly Visit[]): readonly Readonly<Record<Factor, string>>[] =>
  list.flatMap(({ mode, disclosure, scenes }) => scenes.map((scene) => ({ ...scene, mode, disclosure })));

describe('the twin run', () => {
  it('T01 plays every field type that there is, under more than eight scripts', () => {
    expect(factors.types.length).toBeGreaterThan(4);
    expect(factors.scripts.length).toBeGreaterThan(8);
  });

  it.each(PAIRS)('T01 lets every %s meet every %s', (one, other) => {
    const met = new Set(rows(visits).map((row) => `${row[one]} × ${row[other]}`));
    for (const left of FACTORS[one]())
      for (const right of FACTORS[other]()) expect([...met]).toContain(`${left} × ${right}`);
  });

  it('plays each script with each type once', () => {
    expect(rows(visits)).toHaveLength(factors.types.length * factors.scripts.length);
  });
});
