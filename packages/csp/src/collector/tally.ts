/** A count under the labels that tell it from others. */
export interface Count {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

/** Counts by labels. Whoever adds sees to it that labels have few values. */
export class Tally {
  readonly #counts = new Map<string, Count>();

  add(labels: Count['labels'], by = 1): void {
    const key = JSON.stringify(labels);
    this.#counts.set(key, { labels, count: (this.#counts.get(key)?.count ?? 0) + by });
  }

  counts(): readonly Count[] {
    return [...this.#counts.values()];
  }
}
