import type { DirectiveName } from '../syntax/directives.js';

/** A source, and why it is there. */
export interface ReasonedSource {
  readonly source: string;
  readonly reason: string;
}

/** A directive whose every source has a reason; `reason` is why the directive is there at all. */
export interface ReasonedDirective {
  readonly name: DirectiveName;
  readonly reason: string;
  readonly sources: readonly ReasonedSource[];
}

/** A policy with all its reasons, from which its text is made and its documentation. */
export type ReasonedPolicy = readonly ReasonedDirective[];

/** The text of a policy, as a header has it. */
export const policyText = (policy: ReasonedPolicy): string =>
  policy.map(({ name, sources }) => [name, ...sources.map(({ source }) => source)].join(' ')).join('; ');

/** Sources of two lists, each once, in their order; `'none'` goes where another stands beside it. */
export function joined(...lists: readonly (readonly ReasonedSource[])[]): readonly ReasonedSource[] {
  const all = new Map<string, ReasonedSource>();
  for (const each of lists.flat()) if (!all.has(each.source)) all.set(each.source, each);
  const sources = [...all.values()];
  return sources.length > 1 ? sources.filter(({ source }) => source !== "'none'") : sources;
}
