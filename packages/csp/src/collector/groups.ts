import type { StoredReport } from './report.js';

/** All reports of one cause. */
export interface ReportGroup {
  readonly fingerprint: string;
  readonly count: number;
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The one that came last. */
  readonly latest: StoredReport;
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one < other ? other : one);

/** Groups in bounded memory: past `most`, the one that was quiet for longest goes, and is counted. */
export class ReportGroups {
  readonly #most: number;
  readonly #groups = new Map<string, ReportGroup>();
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(report: StoredReport): void {
    const { fingerprint, time } = report;
    const { count = 0, firstSeen = time, lastSeen = time } = this.#groups.get(fingerprint) ?? {};
    this.#groups.delete(fingerprint);
    this.#groups.set(fingerprint, {
      fingerprint,
      count: count + 1,
      firstSeen: earlier(firstSeen, time),
      lastSeen: later(lastSeen, time),
      latest: report,
    });
    for (const oldest of this.#groups.keys()) {
      if (this.#groups.size <= this.#most) break;
      this.#groups.delete(oldest);
      this.#dropped += 1;
    }
  }

  /** Those that were heard of last come last. */
  list(): readonly ReportGroup[] {
    return [...this.#groups.values()];
  }

  get dropped(): number {
    return this.#dropped;
  }
}
