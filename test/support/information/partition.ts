/** How a set of secrets falls apart for somebody who sees a trace of each. */
export interface Partition {
  /** Secrets with equal traces, in the order in which they were given. */
  readonly groups: readonly (readonly string[])[];
  /** The most that one look can tell: log2 of the number of groups. */
  readonly capacity: number;
  /** What it tells when all secrets are as likely: the mutual information of secret and trace. */
  readonly information: number;
}

/** Groups secrets by what was seen of each. */
export function partition(seen: readonly (readonly [secret: string, trace: string])[]): Partition {
  const byTrace = new Map<string, string[]>();
  for (const [secret, trace] of seen) byTrace.set(trace, [...(byTrace.get(trace) ?? []), secret]);
  const groups = [...byTrace.values()];
  const shares = groups.map((group) => group.length / seen.length);
  return {
    groups,
    capacity: Math.log2(groups.length),
    information: shares.reduce((sum, share) => sum - share * Math.log2(share), 0),
  };
}
