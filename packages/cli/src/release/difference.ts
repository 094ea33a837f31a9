/** How bad a difference is: `critical` may run or let in foreign code, `high` takes a defence away, `low` is untidy. */
export type Severity = 'critical' | 'high' | 'low';

/** One way in which a live origin is not what its manifest says. */
export interface Difference {
  readonly severity: Severity;
  /** A path of the origin, or the file that was compared. */
  readonly where: string;
  /** What differs: a header's name, or `bytes`, `scripts`, `status`, `redirect`, `additional`, `signature`, `serial`. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

const RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, low: 2 };

/** Worst first, then by path. */
export function bySeverity(a: Difference, b: Difference): number {
  return RANK[a.severity] - RANK[b.severity] || a.where.localeCompare(b.where) || a.what.localeCompare(b.what);
}

const SHOWN = 160;

/** A line for people. What a server sent is quoted, so that it cannot write to the terminal by itself. */
export function describeDifference({ severity, where, what, expected, found }: Difference): string {
  return `${severity.padEnd(8)}  ${where}  ${what}: expected ${quote(expected)}, found ${quote(found)}`;
}

const quote = (text: string): string =>
  JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text).replaceAll('\u007f', '\\u007f');
