import type { Count } from './tally.js';

/** What a collector has counted since it was made. */
export interface CollectorCounts {
  /** Requests by `status`. */
  readonly requests: readonly Count[];
  /** Reports that were kept, by `type`, `directive` and `disposition`. */
  readonly kept: readonly Count[];
  /** Reports that are noise, by the `rule` that says so. */
  readonly filtered: readonly Count[];
  /** Reports that were not read, by `reason`: `malformed`, `type` or `rate`. */
  readonly refused: readonly Count[];
  /** Reports that the sink failed to write. */
  readonly unwritten: number;
  /** Groups that are remembered, and groups that had to be forgotten. */
  readonly groups: number;
  readonly droppedGroups: number;
}

const plain = (count: number): readonly Count[] => [{ labels: {}, count }];
const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function sample(name: string, { labels, count }: Count): string {
  const written = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return `${name}${written.length === 0 ? '' : `{${written.join(',')}}`} ${count}`;
}

type Metric = readonly [name: string, type: 'counter' | 'gauge', help: string, counts: readonly Count[]];

/** Counts in the text format of Prometheus, version 0.0.4. */
export function collectorMetrics(counts: CollectorCounts): string {
  const metrics: readonly Metric[] = [
    ['requests_total', 'counter', 'Requests to the report endpoint.', counts.requests],
    ['kept_total', 'counter', 'Reports that were kept.', counts.kept],
    ['filtered_total', 'counter', 'Reports about browsers and extensions.', counts.filtered],
    ['refused_total', 'counter', 'Reports that were not read.', counts.refused],
    ['unwritten_total', 'counter', 'Reports that the sink failed to write.', plain(counts.unwritten)],
    ['groups', 'gauge', 'Groups of reports that are remembered.', plain(counts.groups)],
    ['groups_dropped_total', 'counter', 'Groups that were forgotten for others.', plain(counts.droppedGroups)],
  ];
  return metrics
    .flatMap(([end, type, help, rows]) => {
      const name = `cloister_reports_${end}`;
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...rows.map((row) => sample(name, row))];
    })
    .map((line) => `${line}\n`)
    .join('');
}
