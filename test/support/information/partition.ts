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

/** What traces tell beyond the documented outcomes: the conditional entropy of the one, given the other. */
export function beyond(
  seen: readonly (readonly [secret: string, trace: string])[],
  documented: ReadonlyMap<string, string>,
): number {
  const outcomeOf = (secret: string): string => documented.get(secret) ?? '';
  const both = seen.map(([secret, trace]) => [secret, `${outcomeOf(secret)} ${trace}`] as const);
  const outcomes = seen.map(([secret]) => [secret, outcomeOf(secret)] as const);
  return partition(both).information - partition(outcomes).information;
}
