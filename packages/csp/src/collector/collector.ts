import { ReportGroups, type ReportGroup } from './groups.js';
import { answerOf, preflightAnswer, type ReportAnswer, type ReportRequest, type ReportStatus } from './http.js';
import type { CollectorCounts } from './metrics.js';
import { NOISE, noiseOf, type NoiseRule } from './noise.js';
import { RateLimit, type Rates } from './rate-limit.js';
import { readBody } from './read-body.js';
import { contentOf, readReports, type Entry } from './read-reports.js';
import type { RawReport, StoredReport } from './report.js';
import { senderOf } from './sender.js';
import { storedReport } from './stored-report.js';
import { Tally } from './tally.js';

/** The longest body, in bytes. */
export const MOST_BYTES = 65_536;
/** The most reports of one body. */
export const MOST_REPORTS = 100;

/** How a collector works. Only the clock has no default. */
export interface CollectorOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes a report as a line of JSON, with its line break, and as an object. A line that it fails to write is counted. */
  readonly sink?: (line: string, report: StoredReport) => void | Promise<void>;
  /** In reports. Default: 100 at once and one a second for each sender, 1000 and 50 for all, 10 000 senders. */
  readonly rates?: Rates;
  /** How many groups are remembered, each with its latest report. Default: 1000. */
  readonly groups?: number;
  /** Whether the piece of code in a report is kept, scrubbed. Default: it is dropped. */
  readonly samples?: boolean;
  /** Whether the name of the browser is kept. Default: it is dropped. */
  readonly userAgents?: boolean;
  /** What is counted, and not kept. Default: `NOISE`. */
  readonly noise?: readonly NoiseRule[];
}

const RATES: Rates = {
  client: { burst: 100, perSecond: 1 },
  all: { burst: 1000, perSecond: 50 },
  clients: 10_000,
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Takes the reports of browsers (`report-uri`, `report-to` with `Reporting-Endpoints`), scrubs, filters and groups them.
 *
 * Security: anybody may send anything to such an endpoint. Bodies, numbers, rates and memory are bounded, nothing is kept that was not
 * scrubbed (`scrub.ts`), the name of the sender lives in the memory of the rate limit only, and an answer says nothing but its status.
 */
export class ReportCollector {
  readonly #options: CollectorOptions;
  readonly #rates: RateLimit;
  readonly #groups: ReportGroups;
  readonly #requests = new Tally();
  readonly #kept = new Tally();
  readonly #filtered = new Tally();
  readonly #refused = new Tally();
  #unwritten = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#rates = new RateLimit(options.rates ?? RATES, options.now());
    this.#groups = new ReportGroups(options.groups ?? 1000);
  }

  /**
   * Answers a request to the endpoint; never fails.
   *
   * @param client whom the rate limit shall count it for: an address (of IPv6 its network counts), or another name; it is not kept.
   */
  async answer(request: ReportRequest, client: string): Promise<ReportAnswer> {
    const preflight = request.method === 'OPTIONS';
    const status = preflight ? 204 : await this.#take(request, senderOf(client));
    this.#requests.add({ status: String(status) });
    return preflight ? preflightAnswer : answerOf(status);
  }

  /** All groups that are remembered; those that were heard of last come last. */
  groups(): readonly ReportGroup[] {
    return this.#groups.list();
  }

  /** What was counted, for `collectorMetrics`. */
  counts(): CollectorCounts {
    return {
      requests: this.#requests.counts(),
      kept: this.#kept.counts(),
      filtered: this.#filtered.counts(),
      refused: this.#refused.counts(),
      unwritten: this.#unwritten,
      groups: this.#groups.list().length,
      droppedGroups: this.#groups.dropped,
    };
  }

  async #take(request: ReportRequest, client: string): Promise<ReportStatus> {
    if (request.method !== 'POST') return 405;
    const content = contentOf(request.headers.get('content-type'));
    if (content === undefined) return 415;
    if (this.#rates.take(client, 1, this.#options.now()) === 0) return 429;
    const body = await readBody(request, MOST_BYTES);
    if (!body.ok) return body.status;
    const entries = readReports(content, parse(body.text));
    if (entries === undefined) return 400;
    if (entries.length > MOST_REPORTS) return 413;
    const agent = request.headers.get('user-agent') ?? undefined;
    for (const entry of this.#within(entries, client)) await this.#store(entry, agent);
    return 204;
  }

  /** As many as the rates allow; the first is paid for. */
  #within(entries: readonly Entry[], client: string): readonly Entry[] {
    const more = Math.max(0, entries.length - 1);
    const granted = more === 0 ? 0 : this.#rates.take(client, more, this.#options.now());
    if (granted < more) this.#refused.add({ reason: 'rate' }, more - granted);
    return entries.slice(0, 1 + granted);
  }

  async #store(entry: Entry, agent: string | undefined): Promise<void> {
    if (!entry.ok) {
      this.#refused.add({ reason: entry.why });
      return;
    }
    const noise = noiseOf(entry.report, this.#options.noise ?? NOISE);
    if (noise === undefined) await this.#keep({ ...entry.report, userAgent: entry.report.userAgent ?? agent });
    else this.#filtered.add({ rule: noise.id });
  }

  async #keep(raw: RawReport): Promise<void> {
    const { now, sink, samples = false, userAgents = false } = this.#options;
    const report = storedReport(raw, { samples, userAgents }, now());
    const { type, directive = '', disposition = '' } = report;
    this.#kept.add({ type, directive, disposition });
    this.#groups.add(report);
    try {
      await sink?.(`${JSON.stringify(report)}\n`, report);
    } catch {
      this.#unwritten += 1;
    }
  }
}
