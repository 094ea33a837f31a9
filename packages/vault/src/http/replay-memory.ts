/**
 * Remembers the ids of proofs for as long as a proof is acceptable (RFC 9449 §11.1).
 *
 * Invariant: every id is kept for the same time, so the oldest stand first and forgetting costs nothing extra. When it is
 * full of ids that still count, it takes no more: refusing is safe, forgetting is not.
 */
export class ReplayMemory {
  readonly #seen = new Map<string, number>();
  readonly #capacity: number;
  readonly #life: number;

  /** @param life - milliseconds that an id counts. */
  constructor(capacity: number, life: number) {
    this.#capacity = capacity;
    this.#life = life;
  }

  /** Takes note of an id: `fresh` the first time. */
  take(id: string, now: number): 'fresh' | 'replayed' | 'full' {
    this.#forget(now);
    if (this.#seen.has(id)) return 'replayed';
    if (this.#seen.size >= this.#capacity) return 'full';
    this.#seen.set(id, now + this.#life);
    return 'fresh';
  }

  #forget(now: number): void {
    for (const [id, until] of this.#seen) {
      if (until > now) return;
      this.#seen.delete(id);
    }
  }
}
