/** One round: all competitors once, in this order. The first one may warm the machine up and be thrown away. */
export interface Round<T> {
  readonly kept: boolean;
  readonly order: readonly T[];
}

/** A B C, then C B A, and so on: whatever drifts while a run goes on (heat, other work) meets all alike. */
export function rounds<T>(competitors: readonly T[], count: number, warmUp = true): readonly Round<T>[] {
  return Array.from({ length: warmUp ? count + 1 : count }, (_, index) => ({
    kept: index > 0 || !warmUp,
    order: index % 2 === 0 ? competitors : [...competitors].reverse(),
  }));
}
