import type { Browser } from 'playwright-core';
import type { Lab, Served } from './lab/lab.js';

/** What a scenario works with. */
export interface Bench {
  readonly browser: Browser;
  readonly lab: Lab;
}

/** Figures of one sample by name. */
export type Sample = Readonly<Record<string, number>>;

/** One thing that is measured, of several competitors in turn. */
export interface Scenario {
  readonly name: string;
  /** Names of the adapters that can do it. */
  readonly adapters: readonly string[];
  /** Rounds that are kept, when nobody says otherwise. */
  readonly rounds: number;
  /** Measures one adapter once. */
  readonly sample: (bench: Bench, adapter: Served) => Promise<Sample>;
}
