import { MINUTE } from '../time/clock.js';
import type { AuditEvent } from './event.js';

/** Kinds that are told apart in one minute; those beyond share a row per operation and reason. */
const MAX_KINDS = 100;

interface Kind {
  readonly event: AuditEvent;
  /** How many of them have rows of their own. */
  readonly rows: number;
  seen: number;
}

/**
 * Decides which refusals get an audit row of their own. Whoever knows no secret can be refused as often as he likes, and
 * must not fill the disk with it: of one kind (operation, reason, address, caller) the first of a minute are written one
 * by one, the others are counted and written as one row.
 *
 * Invariant: every refusal is in a row or in a count that is still to be written.
 */
export class RefusalTally {
  readonly #rows: number;
  #minute = 0;
  #kinds = new Map<string, Kind>();
  #due: AuditEvent[] = [];

  /** @param rows - of one kind, in one minute. */
  constructor(rows: number) {
    this.#rows = rows;
  }

  /** Takes note of a refusal. @returns whether it is to be written by itself. */
  note(event: AuditEvent, address: string): boolean {
    this.#turn(Math.floor(event.at / MINUTE));
    const kind = this.#kindOf(event, address);
    kind.seen += 1;
    return kind.seen <= kind.rows;
  }

  /** Takes out the rows of minutes that are over; with `all`, also those of this one. */
  due(now: number, all = false): readonly AuditEvent[] {
    this.#turn(all ? -1 : Math.floor(now / MINUTE));
    const due = this.#due.map((event) => ({ ...event, at: now }));
    this.#due = [];
    return due;
  }

  /** Puts back what could not be written. */
  giveBack(events: readonly AuditEvent[]): void {
    this.#due.push(...events);
  }

  #kindOf(event: AuditEvent, address: string): Kind {
    const { at, request, operation, refused, session, account } = event;
    const name = JSON.stringify([operation, refused, address, session, account]);
    const known = this.#kinds.get(name);
    if (known !== undefined) return known;
    if (this.#kinds.size < MAX_KINDS) return this.#add(name, { event, rows: this.#rows, seen: 0 });
    const rest = JSON.stringify([operation, refused]);
    return this.#kinds.get(rest) ?? this.#add(rest, { event: { at, request, operation, refused }, rows: 0, seen: 0 });
  }

  #add(name: string, kind: Kind): Kind {
    this.#kinds.set(name, kind);
    return kind;
  }

  #turn(minute: number): void {
    if (minute === this.#minute) return;
    for (const { event, rows, seen } of this.#kinds.values())
      if (seen > rows) this.#due.push({ ...event, repeated: seen - rows });
    this.#kinds = new Map();
    this.#minute = minute;
  }
}
