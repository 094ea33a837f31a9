import { summarise, type Summary } from './measure/statistics.js';

/** Figures of one sample by name. */
export type Sample = Readonly<Record<string, number>>;

/** One figure of one adapter, with every sample of it. */
export interface Figure {
  readonly scenario: string;
  readonly figure: string;
  readonly adapter: string;
  readonly samples: readonly number[];
}

/** A sample that could not be taken. */
export interface Failure {
  readonly scenario: string;
  readonly adapter: string;
  readonly reason: string;
}

/** Gathers what a run measured. */
export class Results {
  readonly #figures = new Map<string, Figure & { readonly samples: number[] }>();
  readonly failures: Failure[] = [];

  add(scenario: string, adapter: string, sample: Sample): void {
    for (const [figure, value] of Object.entries(sample)) {
      const key = JSON.stringify([scenario, figure, adapter]);
      const known = this.#figures.get(key) ?? { scenario, figure, adapter, samples: [] };
      known.samples.push(value);
      this.#figures.set(key, known);
    }
  }

  get figures(): readonly Figure[] {
    return [...this.#figures.values()];
  }

  /** The summary of a figure, when it was measured. */
  of(scenario: string, figure: string, adapter: string): Summary | undefined {
    const known = this.#figures.get(JSON.stringify([scenario, figure, adapter]));
    return known === undefined ? undefined : summarise(known.samples);
  }
}
