import type { Clock } from '../time/clock.js';
import type { AuditEvent } from './event.js';

type Facts = Omit<AuditEvent, 'at'>;

/** What is known about a request so far; whatever becomes of it, its audit row is made from here. */
export class Trail {
  #facts: Facts;
  readonly #now: Clock;

  constructor(now: Clock, facts: Facts) {
    this.#now = now;
    this.#facts = facts;
  }

  get request(): string {
    return this.#facts.request;
  }

  note(facts: Partial<Facts>): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  event(facts: Partial<Facts> = {}): AuditEvent {
    return { ...this.#facts, ...facts, at: this.#now() };
  }
}
