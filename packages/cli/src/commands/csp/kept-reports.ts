import type { StoredReport } from '@cloister/csp';

/** A cause, by the last report of it, and how often it was reported. */
export interface Cause {
  readonly report: StoredReport;
  readonly count: number;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `explain` takes a report whatever its other members are. */
const isKept = (value: unknown): value is StoredReport =>
  typeof value === 'object' &&
  value !== null &&
  ['time', 'type', 'fingerprint'].every((name) => typeof Reflect.get(value, name) === 'string');

/** What a collector wrote, a report a line (`docs/csp/reports.md`), by cause; `undefined` where a line is something else. */
export function keptCauses(text: string): readonly Cause[] | undefined {
  const causes = new Map<string, Cause>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const report = parsed(line);
    if (!isKept(report)) return undefined;
    causes.set(report.fingerprint, { report, count: (causes.get(report.fingerprint)?.count ?? 0) + 1 });
  }
  return causes.size === 0 ? undefined : [...causes.values()];
}
