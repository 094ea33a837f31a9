import type { Mode } from '../bench-page.js';

/** Whether a configuration discloses every fact that a type has, or none. */
export type Disclosure = 'all facts' | 'no facts';
export const DISCLOSURES: readonly Disclosure[] = ['all facts', 'no facts'];

/** One script with one field. */
export interface Scene {
  readonly type: string;
  readonly script: string;
}

/** A page that is opened once, and what is played there, one after the other. */
export interface Visit {
  readonly mode: Mode;
  readonly disclosure: Disclosure;
  readonly scenes: readonly Scene[];
}

export interface Factors {
  readonly types: readonly string[];
  readonly scripts: readonly string[];
  readonly modes: readonly Mode[];
}

/**
 * Every script with every field type, each once, dealt out over the modes and disclosures so that any two factors meet: a
 * full product would cost four times as much and hardly find more.
 */
export function visitsFor({ types, scripts, modes }: Factors): readonly Visit[] {
  const places = modes.flatMap((mode) => DISCLOSURES.map((disclosure) => ({ mode, disclosure })));
  const scenes = scripts.flatMap((script, row) => types.map((type, column) => ({ type, script, at: row + column })));
  return places.map((place, index) => ({
    ...place,
    scenes: scenes.filter(({ at }) => at % places.length === index).map(({ type, script }) => ({ type, script })),
  }));
}
