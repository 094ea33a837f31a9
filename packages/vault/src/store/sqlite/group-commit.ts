/** A unit of work inside a transaction. Synchronous: nothing else runs in between. */
type Work<T> = () => T;

interface Item {
  /** Runs in its own savepoint; never throws. Returns what to do once the commit is known to have happened. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** What the queue drives. */
export interface Transactions {
  begin(): void;
  /** Runs work in a savepoint; undoes it and throws again when it throws. */
  within<T>(work: Work<T>): T;
  commit(): void;
  rollback(): void;
  /** Monotonic milliseconds. */
  elapsed(): number;
}

const MAX_ITEMS = 256;
const MAX_MS = 2;

/**
 * Commits many requests with one fsync: work that arrives in one turn of the event loop shares a transaction.
 *
 * Invariant: a promise settles only after the transaction that holds its work was committed or given up, and work that
 * throws undoes itself alone.
 */
export class GroupCommit {
  readonly #transactions: Transactions;
  readonly #queue: Item[] = [];
  #scheduled = false;

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Queues work and resolves with its result once it is durable. */
  add<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({
        run: () => {
          try {
            const result = this.#transactions.within(work);
            return () => {
              resolve(result);
            };
          } catch (error) {
            return () => {
              reject(error instanceof Error ? error : new Error('work failed'));
            };
          }
        },
        fail: reject,
      });
      this.#schedule();
    });
  }

  /** Commits everything that is queued, now. */
  drain(): void {
    while (this.#queue.length > 0) this.#flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    if (this.#queue.length === 0) return;
    const taken: Item[] = [];
    try {
      this.#transactions.begin();
      const settle = this.#runBatch(taken);
      this.#transactions.commit();
      for (const done of settle) done();
    } catch (error) {
      this.#transactions.rollback();
      const failed = taken.length > 0 ? taken : this.#queue.splice(0, MAX_ITEMS);
      for (const item of failed) item.fail(error);
    }
  }

  #runBatch(taken: Item[]): readonly (() => void)[] {
    const started = this.#transactions.elapsed();
    const settle: (() => void)[] = [];
    while (taken.length < MAX_ITEMS) {
      const item = this.#queue.shift();
      if (item === undefined) break;
      taken.push(item);
      settle.push(item.run());
      if (this.#transactions.elapsed() - started >= MAX_MS) break;
    }
    return settle;
  }
}
