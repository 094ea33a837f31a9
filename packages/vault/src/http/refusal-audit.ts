import { RefusalTally } from '../audit/refusal-tally.js';
import type { Trail } from '../audit/trail.js';
import type { Core } from '../service/core.js';
import { Refusal } from '../service/refusal.js';
import { MINUTE } from '../time/clock.js';
import { addressKey } from './rate-limits.js';

/** Writes refusals into the audit log, each by itself or counted. */
export class RefusalAudit {
  readonly #core: Core;
  readonly #tally: RefusalTally;
  readonly #timer: NodeJS.Timeout;

  /** @param rows - of one kind, in one minute. Writes counts once a minute without keeping the process alive. */
  constructor(core: Core, rows: number) {
    this.#core = core;
    this.#tally = new RefusalTally(rows);
    this.#timer = setInterval(() => void this.#flush(false), MINUTE).unref();
  }

  /** @returns the refusal itself, or `unavailable` when its audit row could not be written. */
  async write(refusal: Refusal, trail: Trail, ip: string): Promise<Refusal> {
    const event = trail.event({ refused: refusal.reason });
    const alone = this.#tally.note(event, addressKey(ip));
    await this.#flush(false);
    try {
      if (alone) await this.#core.store.appendAudit(event);
      return refusal;
    } catch {
      return new Refusal('unavailable', 'internal', { retryAfter: 5 });
    }
  }

  /** Writes what is counted so far, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush(true);
  }

  async #flush(all: boolean): Promise<void> {
    const due = this.#tally.due(this.#core.now(), all);
    try {
      await Promise.all(due.map((event) => this.#core.store.appendAudit(event)));
    } catch {
      this.#tally.giveBack(due);
    }
  }
}
