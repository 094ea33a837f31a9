import type { Browser } from 'playwright-core';
import type { Lab, Served } from './lab/lab.js';
import type { Results, Sample } from './results.js';

/** What a scenario works with. */
export interface Bench {
  readonly browser: Browser;
  readonly lab: Lab;
  readonly results: Results;
}

/** One thing that is measured, of several competitors in turn. */
export interface Scenario {
  readonly name: string;
  /** Names of the adapters that can do it. */
  readonly adapters: readonly string[];
  /** Rounds that are kept, when nobody says otherwise. */
  readonly rounds: number;
  /** Whether one round is enough for a smoke run. */
  readonly long?: true;
  /** Whether a first round is thrown away. Default: true; counts need none. */
  readonly warmUp?: false;
  /** Whether it runs only when it is named. */
  readonly onDemand?: true;
  /** Measures one adapter once. */
  readonly sample: (bench: Bench, adapter: Served) => Promise<Sample>;
}
