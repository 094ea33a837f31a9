/** A row about a host: it and all below it, where the name begins with a dot. */
export interface HostRow {
  readonly host: string;
  readonly why: string;
}

/** Where a table comes from, and when it was looked at last. */
export interface TableOrigin {
  readonly source: string;
  readonly date: string;
}

/** `.a.example` is for `a.example` and all below it; `a.example` for that one alone. */
export const isOf = (named: string, host: string): boolean =>
  named.startsWith('.') ? host === named.slice(1) || host.endsWith(named) : host === named;

/** The row of a host of a source list: `*.a.example` reaches all below `a.example`. */
export function rowOf<Row extends HostRow>(rows: readonly Row[], host: string): Row | undefined {
  if (!host.startsWith('*.')) return rows.find((row) => isOf(row.host, host));
  const below = host.slice(1);
  return rows.find((row) => isOf(row.host, host.slice(2)) || row.host.endsWith(below));
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '0.0.0.0']);

/** Whether a name is for the machine that asks (RFC 6761 §6.3). */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || host.endsWith('.localhost');
